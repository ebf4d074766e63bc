package io.tillpost.ingest.bench;

import java.time.Duration;
import java.util.List;

/** The processor time of other processes. */
final class Cpu {
  private Cpu() {}

  /** What these processes have used since they started, in seconds. */
  static double seconds(List<Long> processes) {
    double seconds = 0;
    for (long process : processes) {
      seconds +=
          ProcessHandle.of(process)
                  .flatMap(handle -> handle.info().totalCpuDuration())
                  .orElse(Duration.ZERO)
                  .toMillis()
              / 1_000.0;
    }
    return seconds;
  }
}
