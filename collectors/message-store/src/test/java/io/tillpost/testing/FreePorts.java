package io.tillpost.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that are told theirs before they start, or come back on the one they had. They
 * lie below those that systems give to outgoing connections: else a connection takes the place of a
 * server that is down, and a client that tries to reach it may meet itself.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 31_999;

  private FreePorts() {}

  /** One that nobody listens on now. */
  public static int next() {
    for (int tries = 0; tries < 1_000; tries++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      try (ServerSocket _ = new ServerSocket(port)) {
        return port;
      } catch (IOException _) {
        // Taken.
      }
    }
    throw new IllegalStateException("No port from %d to %d is free".formatted(FIRST, LAST));
  }
}
