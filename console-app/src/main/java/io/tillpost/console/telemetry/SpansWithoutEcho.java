package io.tillpost.console.telemetry;

import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exports without an echo: where the receiver is our own ingest, each export makes ingest work, and
 * that work is a span again. So spans of ingest never cause an export. They wait, a few at most,
 * and go along with the next spans of something else; in a quiet system they go nowhere.
 *
 * <p>Of all batches that went well between two exports only the slowest is kept: they are many and
 * alike. Each one that failed is kept.
 */
final class SpansWithoutEcho implements SpanExporter {

  static final String INGEST_SCOPE = "io.tillpost.ingest";
  private static final int MOST_WAITING = 50;

  private final SpanExporter receiver;
  private final List<SpanData> failedBatches = new ArrayList<>();
  private @Nullable SpanData slowestBatch;
  private boolean ended;

  SpansWithoutEcho(SpanExporter receiver) {
    this.receiver = receiver;
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
    if (going.isEmpty()) {
      return CompletableResultCode.ofSuccess();
    }
    going.addAll(failedBatches);
    failedBatches.clear();
    if (slowestBatch != null) {
      going.add(slowestBatch);
      slowestBatch = null;
    }
    return receiver.export(going);
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
  synchronized void end() {
    ended = true;
  }

  @Override
  public CompletableResultCode flush() {
    return receiver.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    end();
    return receiver.shutdown();
  }
}
