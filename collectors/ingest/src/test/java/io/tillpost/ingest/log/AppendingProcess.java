package io.tillpost.ingest.log;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.store.ParkedRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** Appends numbered records until it is killed, and prints each number once it is acknowledged. */
final class AppendingProcess {
  private AppendingProcess() {}

  public static void main(String[] arguments) {
    IngestLog log = DiskIngestLog.open(Path.of(arguments[0]), 1L << 30, new SimpleMeterRegistry());
    long first = Long.parseLong(arguments[1]);
    while (true) {
      long batch = first;
      List<IngestRecord> records =
          LongStream.range(batch, batch + 7).mapToObj(AppendingProcess::record).toList();
      var outcome = log.append(records, Instant.EPOCH).join();
      if (!(outcome instanceof Append.Appended)) {
        throw new IllegalStateException(outcome.toString());
      }
      first += 7;
      System.out.println(first - 1);
    }
  }

  /** One that has nothing in common with others. */
  static IngestRecord record(long number) {
    byte[] noise = new byte[375];
    new Random(number).nextBytes(noise);
    return record(number, Base64.getEncoder().encodeToString(noise));
  }

  /** One of many that resemble each other, as what comes from tills does. */
  static IngestRecord usual(long number) {
    return record(number, "x".repeat(500));
  }

  /** One with this body. */
  static IngestRecord record(long number, String body) {
    return new OfParked(
        Long.toString(number),
        ParkedRecord.of(ParkedRecord.Kind.UNKNOWN, "r", "s", Instant.EPOCH, true, body));
  }
}
