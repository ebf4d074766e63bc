package io.tillpost.ingest.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

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

  /**
   * What of that the compilers of their JVMs have used, which becomes less from round to round; 0
   * where the operating system does not tell (other than Linux).
   */
  static double compilers(List<Long> processes) {
    double seconds = 0;
    for (long process : processes) {
      try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
        seconds += threads.mapToDouble(Cpu::ifCompiler).sum();
      } catch (IOException _) {
        return 0;
      }
    }
    return seconds;
  }

  private static double ifCompiler(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).matches("C[12] Compiler.*\n")
          ? new Scanner(Files.readString(thread.resolve("schedstat"))).nextLong() / 1e9
          : 0;
    } catch (IOException _) {
      // It has just ended.
      return 0;
    }
  }
}
