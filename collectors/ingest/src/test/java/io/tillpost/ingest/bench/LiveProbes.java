package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Messages sent twice a second while something else goes on, each asked for until it is found. */
final class LiveProbes {
  private static final Duration STEP = Duration.ofMillis(500);

  /** Forty times a second was a twelfth of what Elasticsearch did. */
  private static final Duration ASKED_EVERY = Duration.ofMillis(200);

  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(5);

  private final Arrivals arrivals;
  private final URI receiver;
  private final LocalDate day;
  private final String run;
  private final ConcurrentHistogram found = new ConcurrentHistogram(LONGEST_MILLIS, 3);
  private final List<Thread> waiting = new ArrayList<>();
  private final Thread thread = Thread.ofPlatform().unstarted(this::send);
  private volatile boolean ended;

  /**
   * Asks from now on.
   *
   * @param day of the messages
   * @param run keeps their ids apart from those of others
   */
  LiveProbes(BenchNode node, URI receiver, LocalDate day, String run) {
    this.arrivals = new Arrivals(node, ASKED_EVERY);
    this.receiver = receiver;
    this.day = day;
    this.run = run;
  }

  void start() {
    thread.start();
  }

  /** Sends no more, and waits for what was sent. */
  void end() throws InterruptedException {
    ended = true;
    thread.join();
    for (Thread one : waiting) {
      one.join();
    }
    arrivals.close();
  }

  /** Prints how long it took until they were found. */
  void tell() {
    System.out.printf(
        "live meanwhile, accepted to found: p50 %,d ms, p99 %,d, worst %,d (%,d messages)%n",
        found.getValueAtPercentile(50),
        found.getValueAtPercentile(99),
        found.getMaxValue(),
        found.getTotalCount());
  }

  private void send() {
    for (int i = 0; !ended; i++) {
      Request request = new BenchEstate(day, 1, 1, run + "v" + i + "x").eventRequests(1).getFirst();
      waiting.add(Thread.ofVirtual().start(() -> sendAndFind(request)));
      LockSupport.parkNanos(STEP.toNanos());
    }
  }

  private void sendAndFind(Request request) {
    Senders.post(receiver, request);
    long accepted = System.nanoTime();
    found.recordValue(
        arrivals
            .of(BenchEstate.messageIn(request))
            .completeOnTimeout(Long.MAX_VALUE, LONGEST_MILLIS, TimeUnit.MILLISECONDS)
            .thenApply(at -> Math.min((at - accepted) / 1_000_000, LONGEST_MILLIS))
            .join());
  }
}
