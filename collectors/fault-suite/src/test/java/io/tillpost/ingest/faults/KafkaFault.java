package io.tillpost.ingest.faults;

/** What may happen to two ingest processes that share a topic, and to what they need. */
enum KafkaFault {
  /** SIGSTOP of Elasticsearch for a while; senders do not notice. */
  ELASTICSEARCH_PAUSED,
  /** {@code kill -9} of Elasticsearch; senders do not notice. */
  ELASTICSEARCH_KILLED,
  /**
   * So much waits when Elasticsearch goes on after a SIGSTOP that what comes in overtakes it; in
   * the midst of that an ingest process is killed, and the other takes over its share of both.
   */
  LONG_OUTAGE,
  /** {@code kill -9} of the broker; it starts again on its directory. */
  BROKER_KILLED,
  /** SIGSTOP of the broker for longer than a sender's record may be on its way. */
  BROKER_PAUSED,
  /** SIGSTOP of an ingest process for longer than Kafka waits; then it finds others at its work. */
  INGEST_PAUSED,
  /** {@code kill -9} of an ingest process; the other takes over, then it starts again. */
  INGEST_KILLED
}
