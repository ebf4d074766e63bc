package io.tillpost.ingest;

import java.net.URI;

/** Where a started ingest listens; useful where ports were chosen by the system. */
public interface IngestEndpoints {
  /**
   * The port for OTLP/gRPC.
   *
   * @throws IllegalStateException before ingest has started
   */
  int grpcPort();

  /**
   * The port for OTLP/HTTP and message events.
   *
   * @throws IllegalStateException before ingest has started
   */
  int httpPort();

  /** Whether the ports speak TLS. */
  boolean isSecure();

  /** The base URL of the HTTP endpoints, without a slash at its end. */
  default URI http() {
    return URI.create((isSecure() ? "https" : "http") + "://127.0.0.1:" + httpPort());
  }
}
