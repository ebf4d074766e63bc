package io.tillpost.ingest.log;

/** What became of records given to the log. All of them share one outcome. */
public sealed interface Append {
  /** All are durable: they survive the end of the process and of the machine's power. */
  record Appended() implements Append {}

  /**
   * None was taken: the log holds as much as it may. There will be room when the indexer has caught
   * up.
   *
   * @param reason in words
   */
  record OverCapacity(String reason) implements Append {}

  /**
   * Whether any was taken is not known: the log is closed, or its disk does not write. Appending
   * them again later is safe.
   *
   * @param reason in words
   */
  record Unavailable(String reason) implements Append {}
}
