package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What one ingest process refused within five minutes, by sender and reason. Written by that
 * process alone while the time goes on; the document's id names both.
 *
 * @param since the beginning of the five minutes
 * @param lines one for each sender and reason
 */
public record Refusals(Instant since, List<Line> lines) {
  /** How long one document goes on. */
  public static final Duration SLOT = Duration.ofMinutes(5);

  /** All that is kept. */
  public static final DocumentKind<Refusals> DOCUMENTS =
      new DocumentKind<>("ingest-refusals", Refusals.class, Map.of("since", FieldType.DATE), false);

  public Refusals {
    lines = List.copyOf(lines);
  }

  /** Nothing yet, of the five minutes of that moment. */
  public static Refusals of(Instant moment) {
    long length = SLOT.toSeconds();
    return new Refusals(
        Instant.ofEpochSecond(Math.floorDiv(moment.getEpochSecond(), length) * length), List.of());
  }

  /**
   * What was refused to one sender for one reason.
   *
   * @param sender its name; the address that it came from where the key is nobody's
   * @param reason why
   * @param count records, or requests where it did not come to records
   * @param lastAt when last
   */
  public record Line(String sender, RefusalReason reason, long count, Instant lastAt) {}
}
