package io.tillpost.ingest.log;

import io.tillpost.ingest.log.Append.Appended;
import io.tillpost.ingest.log.Append.OverCapacity;
import io.tillpost.ingest.log.Append.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records to the topic, each under the id of its message or trace, and answers when all
 * copies of all of a request's records are there.
 */
final class KafkaAppends implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaAppends.class);
  private static final Duration CLOSE = Duration.ofSeconds(9);
  private static final int USUAL_BYTES = 16 * 1024;

  private static final ThreadLocal<RecordBuffer> BUFFER =
      ThreadLocal.withInitial(() -> new RecordBuffer(USUAL_BYTES));

  private final Supplier<Producer<byte[], byte[]>> producers;
  private final String topic;
  private final long maxInFlight;
  private final RecordSize recordSize;
  private final AtomicLong inFlight = new AtomicLong();
  private final ReentrantLock change = new ReentrantLock();
  private volatile Producer<byte[], byte[]> producer;
  private volatile boolean spent;
  private volatile boolean closing;
  private volatile @Nullable String problem;

  /**
   * Into a topic.
   *
   * @param producers makes one; another one where the first will never send again
   * @param maxInFlight bytes that may wait for Kafka
   */
  KafkaAppends(
      Supplier<Producer<byte[], byte[]>> producers,
      String topic,
      long maxInFlight,
      RecordSize recordSize) {
    this.producers = producers;
    this.producer = producers.get();
    this.topic = topic;
    this.maxInFlight = maxInFlight;
    this.recordSize = recordSize;
  }

  /** Why the last records could not be sent, until others could; or null. */
  @Nullable String problem() {
    return problem;
  }

  /**
   * Kafka answers: it is worth another try.
   *
   * @throws IngestLogException if a producer is needed and cannot be made
   */
  void tryAgain() {
    change.lock();
    try {
      if (spent && !closing) {
        Producer<byte[], byte[]> old = producer;
        producer = producers.get();
        spent = false;
        LOG.info("Kafka's producer was of no more use; there is another one");
        // What it still had is answered with a failure, and comes again.
        close(old, Duration.ZERO);
      }
    } finally {
      change.unlock();
    }
    problem = null;
  }

  /** As {@link IngestLog#append}; some of the records may be there where it is unavailable. */
  CompletableFuture<Append> append(List<IngestRecord> records, Instant acceptedAt) {
    if (closing) {
      return CompletableFuture.completedFuture(new Unavailable("The ingest log is closed"));
    }
    if (inFlight.get() >= maxInFlight) {
      return CompletableFuture.completedFuture(
          new OverCapacity("Kafka is slower than what is sent"));
    }
    Request request = new Request(records.size());
    int sent = 0;
    for (IngestRecord record : records) {
      // It comes again as a whole: the rest would only wait for a broker that does not take it.
      if (request.failure.get() != null) {
        break;
      }
      send(request, record, acceptedAt);
      sent++;
    }
    request.done(records.size() - sent + 1);
    return request.outcome;
  }

  private void send(Request request, IngestRecord record, Instant acceptedAt) {
    byte[] key = RecordCodec.groupId(record).getBytes(StandardCharsets.UTF_8);
    byte[] value = encoded(record, acceptedAt);
    long bytes = (long) key.length + value.length;
    recordSize.seen(value.length);
    inFlight.addAndGet(bytes);
    Producer<byte[], byte[]> to = producer;
    // A producer may throw and tell the same failure over the callback as well.
    AtomicBoolean ended = new AtomicBoolean();
    try {
      var _ =
          to.send(
              new ProducerRecord<>(topic, null, acceptedAt.toEpochMilli(), key, value),
              (_, failure) -> end(request, ended, bytes, failure));
    } catch (RuntimeException | OutOfMemoryError e) {
      // Also where memory runs out: what stays counted as under way would be so for ever.
      if (e.getClass().equals(KafkaException.class) && to.equals(producer)) {
        // Refused its id once, it sends nothing ever again; what may pass comes over the callback.
        spent = true;
      }
      end(request, ended, bytes, e);
    }
  }

  private void end(Request request, AtomicBoolean ended, long bytes, @Nullable Throwable failure) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    inFlight.addAndGet(-bytes);
    if (failure != null) {
      request.failed(failure);
    }
    request.done(1);
  }

  private static byte[] encoded(IngestRecord record, Instant acceptedAt) {
    RecordBuffer buffer = BUFFER.get();
    buffer.reset(0);
    buffer.append(record, acceptedAt);
    return buffer.toByteArray(Integer.BYTES);
  }

  /** What one sender waits for. */
  private final class Request {
    private final CompletableFuture<Append> outcome = new CompletableFuture<>();
    private final AtomicInteger left;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Request(int records) {
      // One more, so that it is not done before all are sent.
      this.left = new AtomicInteger(records + 1);
    }

    void failed(Throwable cause) {
      failure.compareAndSet(null, cause);
    }

    void done(int records) {
      if (left.addAndGet(-records) > 0) {
        return;
      }
      Throwable cause = failure.get();
      if (cause == null) {
        problem = null;
        outcome.complete(new Appended());
        return;
      }
      String reason = "Kafka does not take records: " + KafkaErrors.say(cause);
      if (problem == null) {
        LOG.error("{}; senders are told to come again", reason, cause);
      }
      // A record that is too large for the topic is the trouble of its sender alone.
      if (!(cause instanceof RecordTooLargeException)) {
        problem = reason;
      }
      outcome.complete(new Unavailable(reason));
    }
  }

  /** What is under way is still answered; what else there is to close is, whatever happens. */
  @Override
  public void close() {
    closing = true;
    change.lock();
    try {
      close(producer, CLOSE);
    } finally {
      change.unlock();
    }
  }

  private static void close(Producer<byte[], byte[]> producer, Duration timeout) {
    try {
      producer.close(timeout);
    } catch (KafkaException e) {
      LOG.warn("Kafka's producer does not end in order: {}", KafkaErrors.say(e));
    }
  }
}
