package io.tillpost.store;

/** All ports of one storage. Thread-safe; closing it closes connections only, never data. */
public interface Stores extends AutoCloseable {
  /** Writes what was ingested. */
  IngestWriter ingestWriter();

  /** Reads messages and their events. */
  Messages messages();

  /** Reads traces. */
  Traces traces();

  /** Adds up what stuck messages mean for the business. */
  ImpactQueries impact();

  /** Groups open failures. */
  FailureQueries failures();

  /** Keeps small documents of the other features: triage, recovery, alerts, audit. */
  DocumentStore documents();

  /** Drops data by whole days. */
  DailyData daily();

  /** How the storage is. */
  StoreHealth health();

  @Override
  void close();
}
