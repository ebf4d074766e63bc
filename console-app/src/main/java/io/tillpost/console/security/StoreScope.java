package io.tillpost.console.security;

import io.tillpost.console.text.Glob;
import io.tillpost.location.StoreDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The stores whose messages an operator may look into and act on: all, or those of a binding in the
 * users file. A store is one's own where a pattern or a region has it. A message that names no
 * store belongs to nobody who is bound.
 *
 * <p>Every service that opens or moves a message asks this type, and nothing else does: a role says
 * what a person may do, a scope says with whose messages.
 *
 * @param stores patterns of store ids, {@code *} for any characters; sorted
 * @param regions names of regions; sorted
 * @param storesOfRegions the ids of the stores that are in these regions
 */
public record StoreScope(Set<String> stores, Set<String> regions, Set<String> storesOfRegions) {

  /** Everybody's who is not bound: the messages of all stores, and those that name none. */
  public static final StoreScope ALL = new StoreScope(Set.of(), Set.of(), Set.of());

  /** Why a message is left out of a list, the same for all of them so that they are counted. */
  public static final String LEFT_OUT = "Not one of your stores";

  /** Copies its collections. */
  public StoreScope {
    stores = Collections.unmodifiableSet(new TreeSet<>(stores));
    regions = Collections.unmodifiableSet(new TreeSet<>(regions));
    storesOfRegions = Set.copyOf(storesOfRegions);
  }

  /** The stores that are like one of these patterns, and those of these regions. */
  static StoreScope of(Set<String> stores, Set<String> regions, StoreDirectory directory) {
    return new StoreScope(
        stores,
        regions,
        regions.stream()
            .flatMap(region -> directory.storesIn(region).stream())
            .collect(Collectors.toSet()));
  }

  /** Whether there are stores that are not this operator's. */
  public boolean isBound() {
    return !stores.isEmpty() || !regions.isEmpty();
  }

  /**
   * Whether messages of that store are this operator's.
   *
   * @param storeId null for a message that names none
   */
  public boolean has(@Nullable String storeId) {
    if (!isBound()) {
      return true;
    }
    return storeId != null
        && (storesOfRegions.contains(storeId)
            || stores.stream().anyMatch(pattern -> new Glob(pattern).matches(storeId)));
  }

  /**
   * Why this operator may not open or move a message, and what to do about it, in sentences; empty
   * if they may.
   *
   * @param storeId of the message, null where it names none
   */
  public Optional<String> refusal(@Nullable String storeId) {
    if (has(storeId)) {
      return Optional.empty();
    }
    return storeId == null
        ? onlyForAll("This message names no store")
        : Optional.of(
            "This message is of store %s, and you work for %s. Ask a colleague who works for that store."
                .formatted(storeId, words()));
  }

  /**
   * Why this operator may not do what is about all stores at once, in sentences; empty if they may.
   *
   * @param what it is about, as the beginning of a sentence
   */
  public Optional<String> onlyForAll(String what) {
    return isBound()
        ? Optional.of(
            "%s, and you work for %s. Ask a colleague who works for all stores."
                .formatted(what, words()))
        : Optional.empty();
  }

  /**
   * Like {@code the stores 04*, 0711 and the region North}; {@code all stores} for who is not
   * bound.
   */
  public String words() {
    List<String> parts = new ArrayList<>();
    if (!stores.isEmpty()) {
      parts.add((stores.size() == 1 ? "the store " : "the stores ") + String.join(", ", stores));
    }
    if (!regions.isEmpty()) {
      parts.add(
          (regions.size() == 1 ? "the region " : "the regions ") + String.join(", ", regions));
    }
    return parts.isEmpty() ? "all stores" : String.join(" and ", parts);
  }
}
