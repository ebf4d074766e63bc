package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageEvent;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import io.tillpost.trace.Span;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every contract begins with: an empty storage, an hour after the samples were captured. */
abstract class StoreContract {
  final MutableClock clock = MutableClock.at(Samples.MORNING.plus(Duration.ofHours(1)));
  Stores stores;

  /** Opens an empty storage that knows the workflows of the samples. */
  protected abstract Stores open(MutableClock withClock);

  /** Waits until searches see what was written. */
  protected abstract void settle();

  @BeforeEach
  void openStores() {
    stores = open(clock);
  }

  @AfterEach
  void closeStores() {
    stores.close();
  }

  Result.Written write(List<MessageEvent> events, List<Span> spans) {
    Result result = stores.ingestWriter().write(new Batch(events, spans));
    assertThat(result).isInstanceOf(Result.Written.class);
    settle();
    return (Result.Written) result;
  }

  Result.Written write(List<MessageEvent> events) {
    return write(events, List.of());
  }

  Result.Written write(MessageEvent... events) {
    return write(Arrays.asList(events));
  }

  Result.Written writeSpans(Span... spans) {
    return write(List.of(), Arrays.asList(spans));
  }
}
