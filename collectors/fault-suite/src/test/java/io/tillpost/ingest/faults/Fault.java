package io.tillpost.ingest.faults;

/** What may happen to ingest and Elasticsearch while senders go on. */
enum Fault {
  /** {@code kill -9} of ingest; it starts again on its directory. */
  INGEST_KILLED,
  /** {@code kill -9} of Elasticsearch; it starts again on its directory. */
  ELASTICSEARCH_KILLED,
  /** {@code kill -9} of both. */
  BOTH_KILLED,
  /** SIGSTOP of ingest for longer than a sender waits, then SIGCONT. */
  INGEST_PAUSED,
  /** SIGSTOP of Elasticsearch, then SIGCONT. */
  ELASTICSEARCH_PAUSED,
  /** Nothing can be written to ingest's disk for a while. */
  DISK_FULL,
  /**
   * {@code kill -9} of ingest, and half a write at the end of its log, as a power cut leaves it.
   */
  LOG_TORN
}
