package io.tillpost.location;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stores that are known. Messages of other stores are kept too, in the region {@link
 * #UNKNOWN_REGION}.
 */
public final class StoreDirectory {
  /** The region of a store that nobody has told us of. */
  public static final String UNKNOWN_REGION = "Unknown region";

  private final Map<String, Store> byId;

  private StoreDirectory(Map<String, Store> byId) {
    this.byId = byId;
  }

  /** These stores, in this order. */
  public static StoreDirectory of(Collection<Store> stores) {
    Map<String, Store> byId = new LinkedHashMap<>();
    stores.forEach(store -> byId.put(store.id(), store));
    return new StoreDirectory(byId);
  }

  /** In the given order. */
  public List<Store> all() {
    return List.copyOf(byId.values());
  }

  /** The store with this id. */
  public Optional<Store> find(String storeId) {
    return Optional.ofNullable(byId.get(storeId));
  }

  /** The region of the store, {@link #UNKNOWN_REGION} where the store is null or not known. */
  public String regionOf(@Nullable String storeId) {
    Store store = storeId == null ? null : byId.get(storeId);
    return store == null ? UNKNOWN_REGION : store.region();
  }

  /** The names of all regions, in order of first appearance. */
  public List<String> regions() {
    return byId.values().stream().map(Store::region).distinct().toList();
  }

  /** The ids of the stores of a region, in the given order. */
  public List<String> storesIn(String region) {
    return byId.values().stream()
        .filter(store -> store.region().equals(region))
        .map(Store::id)
        .toList();
  }
}
