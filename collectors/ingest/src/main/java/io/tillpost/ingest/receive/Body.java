package io.tillpost.ingest.receive;

/** The body of a request, as far as it was read. */
sealed interface Body {
  /**
   * All of it.
   *
   * @param reserved how many bytes of {@link Load} it holds, to be released when it is done with
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
  record Complete(byte[] bytes, long reserved) implements Body {
    @Override
    public String toString() {
      return "Complete[" + bytes.length + " bytes]";
    }
  }

  /** It is larger than the limit, and was let go. */
  record TooLarge() implements Body {}

  /** There is too much in memory already, so it was let go. */
  record Busy() implements Body {}

  /** The sender went away or was too slow. */
  record Broken() implements Body {}
}
