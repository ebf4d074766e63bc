package io.tillpost.estate;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a run needs to know.
 *
 * @param rate of live trade, 1 being about 15 messages a second for 600 stores
 * @param history how far back to begin
 * @param otlp where spans go, OTLP over gRPC
 * @param events where message events go
 * @param channelPort 0 for any that is free
 * @param state where the state is kept
 * @param threads connections for message events
 * @param secret of the recovery channel
 * @param apiKey for both receivers, or null
 */
record RunSettings(
    int stores,
    long seed,
    double rate,
    Duration history,
    URI otlp,
    URI events,
    int channelPort,
    Path state,
    String scenario,
    int threads,
    String secret,
    @Nullable String apiKey) {

  @Override
  public String toString() {
    return "RunSettings[stores=" + stores + ", seed=" + seed + ", rate=" + rate + "]";
  }
}
