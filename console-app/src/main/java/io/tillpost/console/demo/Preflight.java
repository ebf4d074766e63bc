package io.tillpost.console.demo;

import io.tillpost.console.start.StartRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** What has to be free before anything is started. */
final class Preflight {

  private static final long LEAST_FREE = 2L * 1024 * 1024 * 1024;
  private static final long MEBIBYTE = 1024 * 1024;

  private Preflight() {}

  /** Refuses the start if somebody else listens on this port of the loopback address. */
  static void portIsFree(int port, String use, String remedy) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new StartRefused(
          "Port " + port + " (" + use + ") is in use; " + remedy + " and start again.", e);
    }
  }

  /**
   * Makes the directory and refuses the start if it cannot be written or its disk is nearly full.
   */
  static void roomIn(Path home) {
    try {
      Files.createDirectories(home);
      long free = Files.getFileStore(home).getUsableSpace();
      if (free < LEAST_FREE) {
        throw new StartRefused(
            "The disk of %s has %d MB free and the demo needs %d MB; make room or set TILLPOST_HOME to another disk."
                .formatted(home, free / MEBIBYTE, LEAST_FREE / MEBIBYTE));
      }
      if (!Files.isWritable(home)) {
        throw new StartRefused(
            "The directory " + home + " cannot be written; set TILLPOST_HOME to another one.");
      }
    } catch (IOException e) {
      throw new StartRefused("The directory " + home + " cannot be used: " + e.getMessage(), e);
    }
  }
}
