package io.tillpost.ingest.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of a process as the operating system counts it, heap and all else (Linux, {@code
 * proc(5)}).
 *
 * @param before bytes that were resident when it was first looked at
 */
record ProcessMemory(Path proc, long before) {
  private static final String FORGET_PEAK = "5";

  /** From now on. */
  static ProcessMemory of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    Files.writeString(proc.resolve("clear_refs"), FORGET_PEAK);
    return new ProcessMemory(proc, read(proc, "VmRSS:"));
  }

  /** By how many bytes it was larger since then at most. */
  long mostMore() throws IOException {
    return read(proc, "VmHWM:") - before;
  }

  private static long read(Path proc, String name) throws IOException {
    return Files.readAllLines(proc.resolve("status")).stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException("No " + name + " in " + proc));
  }
}
