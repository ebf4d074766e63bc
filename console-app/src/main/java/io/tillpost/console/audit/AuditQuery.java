package io.tillpost.console.audit;

import io.tillpost.store.SearchWords;
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
 * @param text each of its words is in the reason or in how it was before or after; one without a
 *     letter or digit asks for nothing
 */
public record AuditQuery(
    @Nullable String actor,
    @Nullable AuditAction action,
    @Nullable String subjectId,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String text) {
  /** The longest text of words, in characters. */
  public static final int LONGEST_WORDS = 200;

  /** All entries. */
  public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null, null);

  public AuditQuery {
    text = text != null && hasWords(text) ? text.strip() : null;
  }

  /** Whether anything can be searched by this. */
  public static boolean hasWords(@Nullable String text) {
    return !SearchWords.askedOfTexts(text).isEmpty();
  }

  /** In words, for the entry of an export. */
  String words() {
    List<String> parts = new ArrayList<>();
    add(parts, "by ", actor);
    add(parts, "", action == null ? null : action.title());
    add(parts, "about ", subjectId);
    add(parts, "from ", from);
    add(parts, "until ", to);
    add(parts, "", text == null ? null : "with the words “" + text + "”");
    return parts.isEmpty() ? "All entries" : "Entries: " + String.join(", ", parts);
  }

  private static void add(List<String> parts, String word, @Nullable Object value) {
    if (value != null) {
      parts.add(word + value);
    }
  }
}
