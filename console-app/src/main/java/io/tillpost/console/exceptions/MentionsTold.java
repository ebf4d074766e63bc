package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.PersonalMail;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Of which comments a person was told by mail. It is changed before the mail is written, by
 * compare-and-set, and has the whole mail until it is: so of two consoles one writes it, and a
 * crash in between loses nothing.
 *
 * @param count how many mails the person got
 * @param lastAt when the last one was claimed, or null
 * @param told when each of the latest comments was made, by its name
 * @param outstanding the mail that may not be written yet, or null
 */
record MentionsTold(
    int count,
    @Nullable Instant lastAt,
    Map<String, Instant> told,
    @Nullable PersonalMail outstanding) {
  static final MentionsTold NOTHING = new MentionsTold(0, null, Map.of(), null);

  MentionsTold {
    told = Map.copyOf(told);
  }

  /** With these comments and the mail about them; what is older than that moment is forgotten. */
  MentionsTold claimed(
      Map<String, Instant> more, PersonalMail mail, Instant now, Instant forgetBefore) {
    Map<String, Instant> all = new TreeMap<>(told);
    all.putAll(more);
    all.values().removeIf(at -> at.isBefore(forgetBefore));
    return new MentionsTold(count + 1, now, all, mail);
  }

  /** The same once the mail is written. */
  MentionsTold written() {
    return new MentionsTold(count, lastAt, told, null);
  }
}
