package io.tillpost.ingest.otlp;

/**
 * What one OTLP request may hold and become. Its bytes say little of that: an empty span has two
 * bytes, and the attributes of one resource go into each of its spans.
 */
final class RequestBounds {
  /** Collectors send some thousands at once. */
  static final int MOST_RECORDS = 100_000;

  /** Of spans as they are stored, with their resources. */
  static final long MOST_WRITTEN = 48L << 20;

  private RequestBounds() {}

  /**
   * Counts the spans or log records of a request before there is an object for any of them. What it
   * cannot read it leaves to the generated classes.
   *
   * @throws TooMuchException where there are too many
   */
  static void checkRecords(byte[] body) {
    countIn(body, 0, body.length, 0, 0);
  }

  /** Resources are field 1 of the request, scopes field 2 of those, records field 2 of these. */
  private static int countIn(byte[] body, int from, int to, int level, int counted) {
    int records = counted;
    ProtobufFields fields = new ProtobufFields();
    fields.reset(body, from, to);
    while (fields.next()) {
      if (fields.is(level == 0 ? 1 : 2, ProtobufFields.BYTES)) {
        records =
            level < 2 ? countIn(body, fields.from(), fields.to(), level + 1, records) : records + 1;
        checkRecords(records);
      }
    }
    return records;
  }

  static void checkRecords(long records) {
    if (records > MOST_RECORDS) {
      throw new TooMuchException(
          "The request has more than %,d records; send fewer at once".formatted(MOST_RECORDS));
    }
  }

  static void checkWritten(long bytes) {
    if (bytes > MOST_WRITTEN) {
      throw new TooMuchException(
          "The spans of the request have more than %,d MiB with the attributes of their resources; send fewer at once"
              .formatted(MOST_WRITTEN >> 20));
    }
  }
}
