package io.tillpost.console.demo;

import io.tillpost.console.start.StartRefused;
import java.util.List;

/**
 * Where the parts of the demo listen, on loopback.
 *
 * @param console browser and API
 * @param grpc OTLP over gRPC
 * @param http OTLP over HTTP and message events
 * @param channel the simulated middleware takes recovery requests here
 */
record DemoPorts(int console, int grpc, int http, int channel) {

  static final DemoPorts USUAL = new DemoPorts(8080, 4317, 4318, 8090);

  DemoPorts console(int port) {
    return new DemoPorts(port, grpc, http, channel);
  }

  DemoPorts grpc(int port) {
    return new DemoPorts(console, port, http, channel);
  }

  DemoPorts http(int port) {
    return new DemoPorts(console, grpc, port, channel);
  }

  DemoPorts channel(int port) {
    return new DemoPorts(console, grpc, http, port);
  }

  /** Refuses the start if two parts share one, or if somebody else has one. */
  void checkFree() {
    List<Integer> all = List.of(console, grpc, http, channel);
    if (all.stream().distinct().count() < all.size()) {
      throw new StartRefused(
          "The demo needs four different ports, not %d (--port), %d (--grpc-port), %d (--http-port) and %d (--channel-port)."
              .formatted(console, grpc, http, channel));
    }
    Preflight.portIsFree(console, "the console", remedy("--port"));
    Preflight.portIsFree(grpc, "traces over gRPC", remedy("--grpc-port"));
    Preflight.portIsFree(http, "traces and message events over HTTP", remedy("--http-port"));
    Preflight.portIsFree(
        channel, "the recovery channel of the simulated middleware", remedy("--channel-port"));
  }

  private static String remedy(String option) {
    return "choose another with " + option + ", or stop what uses it,";
  }
}
