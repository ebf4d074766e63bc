package io.tillpost.console.bench;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long a question took over several rounds.
 *
 * @param p50 milliseconds within which half of the answers came
 * @param p95 milliseconds within which 95 of 100 answers came
 * @param cpu milliseconds of processor time of console and node for one answer; unlike the others
 *     it hardly depends on what else this machine does
 */
record Measured(double p50, double p95, double cpu) {

  /** Of the nanoseconds of each round, and the processor time of all of them. */
  static Measured of(long[] nanos, Duration cpu) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int last95 = (int) Math.ceil(sorted.length * 0.95) - 1;
    return new Measured(
        sorted[sorted.length / 2] / 1e6, sorted[last95] / 1e6, cpu.toNanos() / 1e6 / sorted.length);
  }

  /** The processor time that this process and the node below it have used so far. */
  static Duration cpuSoFar() {
    ProcessHandle self = ProcessHandle.current();
    return self.descendants().map(Measured::cpu).reduce(cpu(self), Duration::plus);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
