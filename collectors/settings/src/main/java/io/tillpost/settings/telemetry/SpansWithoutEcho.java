package io.tillpost.settings.telemetry;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Exports without an echo: where the receiver is our own ingest, each export makes ingest work, and
 * that work is a span again. So spans of ingest never cause an export. They wait, a few at most,
 * and go along with the next spans of something else; in a quiet system they go nowhere. Where
 * there is nothing else, as in a process of ingest alone, they may go by themselves now and then:
 * an echo is one batch of one span then.
 *
 * <p>Of all batches that went well between two exports only the slowest is kept: they are many and
 * alike. Each one that failed is kept.
 */
public final class SpansWithoutEcho implements SpanExporter {

  /** The instrumentation scope of the spans of ingest. */
  public static final String INGEST_SCOPE = "io.tillpost.ingest";

  private static final int MOST_WAITING = 50;

  private final SpanExporter receiver;
  private final @Nullable Duration alone;
  private final LongSupplier nanoTime;
  private long lastExport;
  private final List<SpanData> failedBatches = new ArrayList<>();
  private @Nullable SpanData slowestBatch;
  private boolean ended;

  /** To that receiver, spans of ingest only beside others. */
  public SpansWithoutEcho(SpanExporter receiver) {
    this(receiver, null, System::nanoTime);
  }

  /**
   * To that receiver.
   *
   * @param alone how long after an export spans of ingest may go by themselves; null for never
   * @param nanoTime like {@link System#nanoTime}
   */
  public SpansWithoutEcho(SpanExporter receiver, @Nullable Duration alone, LongSupplier nanoTime) {
    this.receiver = receiver;
    this.alone = alone;
    this.nanoTime = nanoTime;
    this.lastExport = nanoTime.getAsLong();
  }

  @Override
  public synchronized CompletableResultCode export(Collection<SpanData> spans) {
    if (ended) {
      return CompletableResultCode.ofSuccess();
    }
    List<SpanData> going = new ArrayList<>();
    for (SpanData span : spans) {
      if (INGEST_SCOPE.equals(span.getInstrumentationScopeInfo().getName())) {
        letWait(span);
      } else {
        going.add(span);
      }
    }
    long now = nanoTime.getAsLong();
    if (going.isEmpty() && (alone == null || now - lastExport < alone.toNanos())) {
      return CompletableResultCode.ofSuccess();
    }
    lastExport = now;
    return send(going);
  }

  /** With all that waits. */
  private CompletableResultCode send(List<SpanData> going) {
    going.addAll(failedBatches);
    failedBatches.clear();
    if (slowestBatch != null) {
      going.add(slowestBatch);
      slowestBatch = null;
    }
    return going.isEmpty() ? CompletableResultCode.ofSuccess() : receiver.export(going);
  }

  private void letWait(SpanData batch) {
    if (batch.getStatus().getStatusCode() == StatusCode.ERROR) {
      if (failedBatches.size() == MOST_WAITING) {
        failedBatches.removeFirst();
      }
      failedBatches.add(batch);
    } else if (slowestBatch == null || BY_DURATION.compare(batch, slowestBatch) > 0) {
      slowestBatch = batch;
    }
  }

  private static final Comparator<SpanData> BY_DURATION =
      Comparator.comparingLong(span -> span.getEndEpochNanos() - span.getStartEpochNanos());

  /** From now on spans are dropped: the process ends, and the receiver maybe with it. */
  public synchronized void end() {
    ended = true;
  }

  /** Sends what waits as well, where it may go by itself. */
  @Override
  public synchronized CompletableResultCode flush() {
    return alone == null || ended ? receiver.flush() : send(new ArrayList<>());
  }

  @Override
  public CompletableResultCode shutdown() {
    end();
    return receiver.shutdown();
  }
}
