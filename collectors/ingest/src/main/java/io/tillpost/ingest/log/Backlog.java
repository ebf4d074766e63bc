package io.tillpost.ingest.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What waits in the log.
 *
 * @param records behind the checkpoint
 * @param bytes of those records
 * @param oldestAcceptedAt when the first of them was taken; null where there is none or it cannot
 *     be read
 */
public record Backlog(long records, long bytes, @Nullable Instant oldestAcceptedAt) {
  /** Nothing waits. */
  public static final Backlog EMPTY = new Backlog(0, 0, null);
}
