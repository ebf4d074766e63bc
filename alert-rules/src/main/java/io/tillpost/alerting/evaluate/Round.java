package io.tillpost.alerting.evaluate;

import io.tillpost.store.ImpactQueries.Kept;
import io.tillpost.store.ImpactQueries.Slice;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces.ApiUse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the storage says at one moment; several rules that ask the same share the answer. */
final class Round {
  private final Stores stores;
  private final Instant now;
  private final Map<Set<String>, List<Slice>> attention = new HashMap<>();
  private final Map<Duration, List<Kept>> kept = new HashMap<>();
  private final Map<Duration, List<ApiUse>> apiUse = new HashMap<>();
  private final Map<Duration, Map<String, Instant>> lastHeard = new HashMap<>();

  Round(Stores stores, Instant now) {
    this.stores = stores;
    this.now = now;
  }

  Instant now() {
    return now;
  }

  List<Slice> attention(Set<String> workflows) {
    return attention.computeIfAbsent(workflows, names -> stores.impact().attention(now, names));
  }

  List<Kept> kept(Duration over) {
    return kept.computeIfAbsent(over, window -> stores.impact().kept(now.minus(window), now));
  }

  List<ApiUse> apiUse(Duration over) {
    return apiUse.computeIfAbsent(over, window -> stores.traces().apiUse(now.minus(window), now));
  }

  Map<String, Instant> lastHeard(Duration over) {
    return lastHeard.computeIfAbsent(over, w -> stores.impact().lastHeard(now.minus(w)));
  }
}
