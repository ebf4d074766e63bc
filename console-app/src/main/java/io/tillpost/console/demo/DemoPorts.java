package io.tillpost.console.demo;

/**
 * Where the parts of the demo listen, on loopback.
 *
 * @param console browser and API
 * @param grpc OTLP over gRPC
 * @param http OTLP over HTTP and message events
 * @param channel the simulated middleware takes recovery requests here
 */
record DemoPorts(int console, int grpc, int http, int channel) {

  static DemoPorts with(int console) {
    return new DemoPorts(console, 4317, 4318, 8090);
  }

  /** Refuses the start if one is in use. */
  void checkFree() {
    Preflight.portIsFree(
        console, "the console", "choose another with --port, or stop what uses it,");
    Preflight.portIsFree(grpc, "traces over gRPC", "stop what uses it");
    Preflight.portIsFree(http, "traces and message events over HTTP", "stop what uses it");
    Preflight.portIsFree(
        channel, "the recovery channel of the simulated middleware", "stop what uses it");
  }
}
