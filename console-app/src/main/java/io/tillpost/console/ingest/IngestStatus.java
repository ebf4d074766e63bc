package io.tillpost.console.ingest;

import io.tillpost.store.IngestProcess;
import java.time.Instant;
import java.util.List;

/**
 * How ingest is doing as a whole.
 *
 * @param asOf when this was read
 * @param processes all that wrote within the last day, running ones first
 * @param parked how many records are parked
 */
public record IngestStatus(Instant asOf, List<IngestProcess> processes, long parked) {
  public IngestStatus {
    processes = List.copyOf(processes);
  }

  /** Records accepted and not yet indexed, over all processes. */
  public long backlog() {
    return processes.stream().mapToLong(IngestProcess::backlog).sum();
  }

  /** Records accepted a second, over all processes. */
  public double eventsPerSecond() {
    return processes.stream().mapToDouble(IngestProcess::eventsPerSecond).sum();
  }
}
