package io.tillpost.console.ingest;

import io.tillpost.store.RefusalReason;
import java.time.Instant;

/**
 * What was refused to one sender for one reason, over all ingest processes.
 *
 * @param sender its name, or its address where its key is nobody's
 * @param count records, or requests where it did not come to records
 * @param lastAt when last
 */
public record Refused(String sender, RefusalReason reason, long count, Instant lastAt) {
  Refused plus(Refused more) {
    return new Refused(
        sender, reason, count + more.count, more.lastAt.isAfter(lastAt) ? more.lastAt : lastAt);
  }
}
