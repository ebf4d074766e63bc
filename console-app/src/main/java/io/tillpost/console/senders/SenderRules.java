package io.tillpost.console.senders;

import io.tillpost.store.IngestSender.Bounds;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be asked for; each method says what is wrong, as a sentence. */
final class SenderRules {
  static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern STORE = Pattern.compile("[\\p{L}\\p{N}._:-]{1,64}");
  private static final int MOST_STORES = 1_000;
  private static final int LONGEST_REASON = 1_000;

  /** Names that ingest has for those who are nobody's. */
  private static final Set<String> TAKEN = Set.of("everybody", "api-keys", "sent-again", "unknown");

  private SenderRules() {}

  static Optional<String> name(@Nullable String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      return Optional.of(
          "A name has 1 to 64 lower-case letters, digits, dots and hyphens, like store-0412.");
    }
    return TAKEN.contains(name)
        ? Optional.of("The name " + name + " means something else already.")
        : Optional.empty();
  }

  static Optional<String> reason(@Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      return Optional.of("Say why: the audit trail keeps it.");
    }
    return reason.length() > LONGEST_REASON
        ? Optional.of("The reason has at most 1,000 characters.")
        : Optional.empty();
  }

  static Optional<String> bounds(Bounds bounds) {
    if (bounds.stores().size() > MOST_STORES) {
      return Optional.of("A sender is bound to at most 1,000 stores.");
    }
    for (String store : bounds.stores()) {
      if (!STORE.matcher(store).matches()) {
        return Optional.of("'" + store + "' is not the id of a store.");
      }
    }
    if (isNotPositive(bounds.eventsPerSecond()) || isNotPositive(bounds.bytesPerSecond())) {
      return Optional.of("A quota is 1 a second or more; leave it empty for none.");
    }
    return Optional.empty();
  }

  private static boolean isNotPositive(@Nullable Long quota) {
    return quota != null && quota < 1;
  }

  static Optional<String> overlap(Duration overlap) {
    return overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0
        ? Optional.of("The keys of before go on for 0 to 30 days.")
        : Optional.empty();
  }
}
