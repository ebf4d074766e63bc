package io.tillpost.console.ingest;

import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.ParkedRecord;
import java.time.Instant;

/**
 * A parked record without its text, which may be 32 KiB: a list of hundreds is read every two
 * seconds.
 *
 * @param reason what is wrong with it
 * @param source who sent it, as far as it says
 * @param toldSender whether the answer to its sender said so
 */
public record ParkedLine(
    String id,
    ParkedRecord.Kind kind,
    String reason,
    String source,
    Instant acceptedAt,
    boolean toldSender,
    ParkedRecord.State state) {
  static ParkedLine of(Versioned<ParkedRecord> found) {
    ParkedRecord record = found.value();
    return new ParkedLine(
        found.id(),
        record.kind(),
        record.reason(),
        record.source(),
        record.acceptedAt(),
        record.toldSender(),
        record.state());
  }
}
