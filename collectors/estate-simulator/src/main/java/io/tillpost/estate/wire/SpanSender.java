package io.tillpost.estate.wire;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Hands ended spans to a stock exporter in batches and never drops one: a full queue makes whoever
 * ends spans wait, and a batch that was not taken is exported again. The SDK's own batch processor
 * drops instead (see RATIONALE.md).
 */
public final class SpanSender implements SpanProcessor {
  private static final int LARGEST_BATCH = 2_000;
  private static final int MOST_WAITING = 8;
  private static final int EXPORTS_AT_ONCE = 2;

  private final SpanExporter exporter;
  private final Consumer<String> complaints;
  private final Outbox<SpanData> outbox = new Outbox<>(MOST_WAITING);
  private final AtomicLong exported = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private List<SpanData> batch = new ArrayList<>();

  /**
   * A sender over this exporter; {@code complaints} takes one sentence for each batch in trouble.
   */
  public SpanSender(SpanExporter exporter, Consumer<String> complaints) {
    this.exporter = exporter;
    this.complaints = complaints;
    for (int i = 1; i <= EXPORTS_AT_ONCE; i++) {
      threads.add(Thread.ofPlatform().daemon().name("spans-" + i).start(this::run));
    }
  }

  @Override
  public void onStart(Context parent, ReadWriteSpan span) {}

  @Override
  public boolean isStartRequired() {
    return false;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    batch.add(span.toSpanData());
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  /** Sends full batches, or everything; waits where too many are under way. */
  public void push(boolean everything) throws InterruptedException {
    if (batch.size() >= (everything ? 1 : LARGEST_BATCH) && outbox.put(batch)) {
      batch = new ArrayList<>();
    }
  }

  /** Waits until everything was taken; false where the time was up before. */
  public boolean flush(Duration patience) throws InterruptedException {
    push(true);
    return outbox.awaitEmpty(patience.toMillis());
  }

  /** How many spans were taken. */
  public long count() {
    return exported.get();
  }

  @Override
  public CompletableResultCode shutdown() {
    outbox.close();
    threads.forEach(Thread::interrupt);
    return exporter.shutdown();
  }

  private void run() {
    try {
      for (List<SpanData> next = outbox.take(); next != null; next = outbox.take()) {
        deliver(next);
        outbox.sent();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(List<SpanData> spans) throws InterruptedException {
    Backoff backoff = new Backoff();
    boolean complained = false;
    while (!exporter.export(spans).join(60, TimeUnit.SECONDS).isSuccess()) {
      if (!complained) {
        complaints.accept("The receiver of spans does not take them; the batch is sent again.");
        complained = true;
      }
      Thread.sleep(backoff.next());
    }
    exported.addAndGet(spans.size());
  }
}
