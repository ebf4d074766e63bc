package io.tillpost.ingest.faults;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Senders as they should be: a batch that was not answered 200, for whatever reason, is sent again
 * until it is. They may be told of another address while they run. Between two batches a sender
 * waits a little, as a till does: what breaks is held to order, not to speed.
 */
final class Senders implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
  private static final long AGAIN_MILLIS = 20;
  private static final long NEXT_MILLIS = 50;

  private final Ledger ledger;
  private final Duration answerWithin;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Future<?>> running = new ArrayList<>();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final Queue<Integer> refusals = new ConcurrentLinkedQueue<>();
  private volatile List<URI> ingest;

  /** So many at a time, from now on. */
  Senders(int senders, URI ingest, Ledger ledger) {
    this(senders, ingest, ledger, ANSWER_WITHIN);
  }

  /** As above; without an answer within that time a batch is sent again. */
  Senders(int senders, URI ingest, Ledger ledger, Duration answerWithin) {
    this.ledger = ledger;
    this.answerWithin = answerWithin;
    this.ingest = List.of(ingest);
    for (int i = 0; i < senders; i++) {
      running.add(threads.submit(this::sendUntilStopped));
    }
  }

  /** From now on ingest is there: at any of these, one after the other. */
  void sendTo(URI... addresses) {
    ingest = List.of(addresses);
  }

  /** Every status but 200 that was answered. */
  Set<Integer> refusals() {
    return new TreeSet<>(refusals);
  }

  /** How many requests were answered by another status than 200 so far. */
  int refused() {
    return refusals.size();
  }

  /** Returns the last number that any sender took: a Callable, unlike a Runnable, may throw. */
  private Integer sendUntilStopped() throws IOException, InterruptedException {
    do {
      SentBatch batch = SentBatch.of(next.incrementAndGet());
      while (!isAccepted(batch)) {
        if (stopping.await(AGAIN_MILLIS, MILLISECONDS)) {
          return next.get();
        }
      }
      ledger.acknowledged(batch);
    } while (!stopping.await(NEXT_MILLIS, MILLISECONDS));
    return next.get();
  }

  /** Besides, one after the other, batches of so many messages; returns when all are accepted. */
  void sendLarge(int batches, int messages) throws IOException, InterruptedException {
    for (int i = 0; i < batches; i++) {
      SentBatch batch = SentBatch.large(next.incrementAndGet(), messages);
      while (!isAccepted(batch)) {
        MILLISECONDS.sleep(AGAIN_MILLIS);
      }
      ledger.acknowledged(batch);
    }
  }

  private boolean isAccepted(SentBatch batch) throws InterruptedException {
    List<URI> addresses = ingest;
    URI address = addresses.get(Math.floorMod(requests.getAndIncrement(), addresses.size()));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(batch.path()))
            .timeout(answerWithin)
            .header("Content-Type", batch.contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(batch.body()))
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        refusals.add(status);
      }
      return status == 200;
    } catch (IOException _) {
      // Killed, cut off or paused: whether the batch was taken is not known, so it comes again.
      return false;
    }
  }

  /** Ends when each sender has finished its request; fails as a sender did. */
  @Override
  public void close() {
    stopping.countDown();
    threads.close();
    client.close();
    for (Future<?> sender : running) {
      if (sender.state() == Future.State.FAILED) {
        throw new AssertionError("A sender failed", sender.exceptionNow());
      }
    }
  }
}
