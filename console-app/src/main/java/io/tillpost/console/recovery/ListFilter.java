package io.tillpost.console.recovery;

import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses messages for an operation. Everything given must hold; at least one thing is given.
 *
 * @param text as in {@link MessageQuery#text}, or null
 * @param workflows any of these; empty for all
 * @param stores any of these store ids; empty for all
 * @param targets any of these; empty for all
 * @param from captured at or after, or null
 * @param to captured before, or null
 */
public record ListFilter(
    @Nullable String text,
    Set<String> workflows,
    Set<String> stores,
    Set<String> targets,
    @Nullable Instant from,
    @Nullable Instant to) {
  public ListFilter {
    text = text == null || text.isBlank() ? null : text.strip();
    workflows = Set.copyOf(workflows);
    stores = Set.copyOf(stores);
    targets = Set.copyOf(targets);
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  Optional<String> fault() {
    if (words().isEmpty()) {
      return Optional.of("A filter names at least one thing");
    }
    return from != null && to != null && !from.isBefore(to)
        ? Optional.of("A window ends after it begins")
        : Optional.empty();
  }

  /** The oldest of these first. */
  public MessageQuery query(Set<MessageStatus> statuses) {
    return MessageQuery.ALL
        .withText(text)
        .withWorkflows(workflows)
        .withStoreIds(stores)
        .withTargets(targets)
        .withCaptured(from, to)
        .withStatuses(statuses)
        .withOrder(MessageQuery.Order.OLDEST_FIRST);
  }

  /** In words, the same for the same filter. */
  public String words() {
    List<String> parts = new ArrayList<>();
    add(parts, "workflow", workflows);
    add(parts, "store", stores);
    add(parts, "target", targets);
    if (from != null) {
      parts.add("from " + from);
    }
    if (to != null) {
      parts.add("until " + to);
    }
    if (text != null) {
      parts.add("\"" + text + "\"");
    }
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, Collection<String> values) {
    if (!values.isEmpty()) {
      parts.add(name + " " + String.join(" or ", new TreeSet<>(values)));
    }
  }
}
