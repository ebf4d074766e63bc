package io.tillpost.console.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which entries. Everything given must hold; null asks for nothing.
 *
 * @param actor exactly this user name
 * @param action this action
 * @param subjectId exactly this thing
 * @param from at or after
 * @param to before
 */
public record AuditQuery(
    @Nullable String actor,
    @Nullable AuditAction action,
    @Nullable String subjectId,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** All entries. */
  public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);

  /** In words, for the entry of an export. */
  String words() {
    List<String> parts = new ArrayList<>();
    add(parts, "by ", actor);
    add(parts, "", action == null ? null : action.title());
    add(parts, "about ", subjectId);
    add(parts, "from ", from);
    add(parts, "until ", to);
    return parts.isEmpty() ? "All entries" : "Entries: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, String word, @Nullable Object value) {
    if (value != null) {
      parts.add(word + value);
    }
  }
}
