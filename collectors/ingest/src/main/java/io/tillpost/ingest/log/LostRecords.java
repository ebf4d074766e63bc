package io.tillpost.ingest.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tillpost.store.ParkedRecord;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of records that the topic dropped, by its retention, before they were indexed: in the log,
 * as a metric, and as a parked record, which the console shows until somebody has dealt with it.
 */
final class LostRecords {
  private static final Logger LOG = LoggerFactory.getLogger(LostRecords.class);

  private final Counter counter;
  private final Clock clock;

  LostRecords(MeterRegistry meters, Clock clock) {
    this.counter =
        Counter.builder("tillpost.ingest.lost")
            .description("Records that the ingest log dropped before they were indexed")
            .register(meters);
    this.clock = clock;
  }

  /**
   * Puts a parked record where they were, so that the group goes on behind them once it is stored.
   *
   * @param from the first offset that is missing
   * @param to the offset behind the last one
   */
  void park(TopicPartition partition, long from, long to, FetchedRecords fetched) {
    String reason =
        ("%d accepted records are lost: Kafka dropped the offsets %d to %d of %s before they were"
                + " indexed; the retention of the topic is too short for this backlog")
            .formatted(to - from, from, to - 1, partition);
    LOG.error(reason);
    counter.increment((double) to - from);
    Instant now = clock.instant();
    String id = "lost-%s-%d-%d".formatted(partition, from, to);
    IngestRecord parked =
        new IngestRecord.OfParked(
            id,
            ParkedRecord.of(
                ParkedRecord.Kind.UNKNOWN, reason, partition.topic(), now, false, reason));
    RecordBuffer buffer = new RecordBuffer(reason.length() * 3);
    buffer.reset(0);
    buffer.append(parked, now);
    fetched.add(new FetchedRecord(partition, to - 1, now, buffer.toByteArray(Integer.BYTES)));
  }
}
