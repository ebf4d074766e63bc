package io.tillpost.failure;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What somebody wrote about an exception; never changed.
 *
 * @param at when
 * @param author the user name
 * @param text plain text, never blank
 */
public record TriageComment(Instant at, String author, String text) {
  /** Whether it names this person by {@code @} and the whole user name, in any case of letters. */
  public boolean mentions(String login) {
    return Pattern.compile(
            "(?<![\\p{L}\\p{N}_.@-])@"
                + Pattern.quote(login)
                + "(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
        .matcher(text)
        .find();
  }
}
