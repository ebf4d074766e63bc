package io.tillpost.ingest.faults;

import java.io.IOException;
import java.util.Set;

/** A service with an OpenTelemetry SDK in which nothing is set but the address. */
interface StockSender extends AutoCloseable {
  /** The trace of every span that it made so far, each of one span. */
  Set<String> sent();

  /** Makes no more, and sends what waits in the SDK as the SDK does. */
  @Override
  void close() throws IOException;
}
