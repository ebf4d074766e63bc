package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The live heap of ingest while Elasticsearch is away and what was accepted waits in the ingest
 * log: measured before, and after every tenth of the events. Started by {@code ./tillpost bench
 * backlog}.
 */
final class BacklogBench {
  private static final int EVENTS_PER_MESSAGE = 7;
  private static final int EVENTS_PER_REQUEST = 500;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private BacklogBench() {}

  /** Prints a line for every tenth. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options = BenchOptions.parse(arguments, Set.of("events"));
    int events = options.get("events", 1_000_000);
    try (ScratchDirectory scratch = ScratchDirectory.create();
        IngestChild ingest = IngestChild.ofThisBuild(scratch.path(), nobody())) {
      run(ingest, Math.max(events, 10 * EVENTS_PER_MESSAGE));
    }
    System.exit(0);
  }

  /** An address at which nothing listens. */
  private static URI nobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return URI.create("http://127.0.0.1:" + free.getLocalPort());
    }
  }

  private static void run(IngestChild ingest, int events) throws Exception {
    LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    int messages = events / 10 / EVENTS_PER_MESSAGE;
    // The first requests bring in classes and buffers, which are no part of the backlog.
    send(ingest, new BenchEstate(day, 500, 300, "w"));
    long before = liveKibibytes(ingest.pid());
    System.out.printf("live heap before: %,d MiB%n", before >> 10);
    Sent sent = new Sent(0, 0);
    for (int tenth = 0; tenth < 10; tenth++) {
      sent = sent.and(send(ingest, new BenchEstate(day, messages, 300, "t" + tenth + "x")));
      long now = liveKibibytes(ingest.pid());
      System.out.printf(
          "%,d events of %,d bytes wait: live heap %,d MiB, %+,d MiB%n",
          sent.events(), sent.bytes() / sent.events(), now >> 10, (now - before) >> 10);
    }
  }

  private record Sent(long events, long bytes) {
    Sent and(Sent more) {
      return new Sent(events + more.events, bytes + more.bytes);
    }
  }

  private static Sent send(IngestChild ingest, BenchEstate estate) throws Exception {
    List<Request> requests = estate.eventRequests(EVENTS_PER_REQUEST);
    Senders.all(requests, 4, request -> Senders.post(ingest.uri(), request));
    return new Sent(
        requests.stream().mapToLong(Request::records).sum(),
        requests.stream().mapToLong(request -> request.body().length).sum());
  }

  /** What a full collection leaves. */
  private static long liveKibibytes(long process) throws IOException, InterruptedException {
    jcmd(process, "GC.run");
    Matcher used = USED.matcher(jcmd(process, "GC.heap_info"));
    if (!used.find()) {
      throw new IllegalStateException("The heap of the process is not known");
    }
    return Long.parseLong(used.group(1));
  }

  private static String jcmd(long process, String command)
      throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process),
                command)
            .redirectErrorStream(true)
            .start();
    String answer =
        new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IllegalStateException(answer);
    }
    return answer;
  }
}
