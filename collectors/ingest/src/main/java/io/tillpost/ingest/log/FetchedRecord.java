package io.tillpost.ingest.log;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A record as Kafka gave it, or one that is to be read as if it were there. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record FetchedRecord(TopicPartition partition, long offset, Instant acceptedAt, byte[] value) {
  private static final byte[] NOTHING = {};

  /** One without a value is none of ours; it will be parked as unreadable. */
  static FetchedRecord of(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
    return new FetchedRecord(
        partition,
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        record.value() == null ? NOTHING : record.value());
  }

  /** As the indexer is given it. */
  LogRow row(long position) {
    return RecordCodec.row(position, partition.partition(), offset, value, 0, value.length);
  }
}
