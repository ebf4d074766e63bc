package io.tillpost.console.senders;

import io.tillpost.console.ingest.Refused;
import io.tillpost.store.IngestSender;
import io.tillpost.store.SenderKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sender with what it did.
 *
 * @param lastUse when each of its keys and certificates last opened, by id; none that never did
 * @param refused what was refused to it within the last day, the most first
 */
public record SenderSummary(
    IngestSender sender, Map<String, Instant> lastUse, List<Refused> refused) {
  public SenderSummary {
    lastUse = Map.copyOf(lastUse);
    refused = List.copyOf(refused);
  }

  /** When it last came in; empty where it never did. */
  public Optional<Instant> lastUsed() {
    return lastUse.values().stream().max(Comparator.naturalOrder());
  }

  /** How much was refused to it within the last day, whatever the reason. */
  public long refusals() {
    return refused.stream().mapToLong(Refused::count).sum();
  }

  /** How many of its keys open at that moment. */
  public long keysThatOpen(Instant now) {
    return sender.keys().stream().filter((SenderKey key) -> key.opens(now)).count();
  }

  /** How many of its client certificates open at that moment. */
  public long certificatesThatOpen(Instant now) {
    return sender.certificates().stream().filter(each -> each.opens(now)).count();
  }
}
