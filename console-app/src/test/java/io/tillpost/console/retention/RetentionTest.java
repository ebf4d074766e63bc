package io.tillpost.console.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.message.Stage;
import io.tillpost.store.DailyData.Kind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Refusals;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final RetentionProperties properties =
      new RetentionProperties(
          true,
          Duration.ofHours(1),
          Duration.ofDays(10),
          Duration.ofDays(3),
          Duration.ofDays(20),
          Duration.ofDays(5),
          Duration.ofDays(2));
  private final Retention retention =
      new Retention(stores, properties, clock, new SimpleMeterRegistry());

  @BeforeEach
  void oneOfEach() {
    stores
        .ingestWriter()
        .write(
            new Batch(
                Samples.aSale().capturedAt(Samples.MORNING).throughStage(Stage.CONFIRMED),
                List.of(Samples.aSpan().start(Samples.MORNING).build())));
    stores
        .documents()
        .of(ParkedRecord.DOCUMENTS)
        .put(
            "a",
            ParkedRecord.of(ParkedRecord.Kind.SPAN, "odd", "till", Samples.MORNING, true, "{}"));
    stores.documents().of(Refusals.DOCUMENTS).put("r", Refusals.of(Samples.MORNING));
  }

  private List<Integer> after(Duration time) {
    clock.advance(time);
    retention.run();
    return List.of(
        stores.daily().days(Kind.EVENTS).size(),
        stores.daily().days(Kind.SPANS).size(),
        stores.daily().days(Kind.MESSAGES).size(),
        (int) stores.documents().of(ParkedRecord.DOCUMENTS).count(DocumentQuery.ALL),
        (int) stores.documents().of(Refusals.DOCUMENTS).count(DocumentQuery.ALL));
  }

  @Test
  void eachKindGoesWhenAllOfItsDayIsTooOldAndNotBefore() {
    assertThat(after(Duration.ZERO)).containsExactly(1, 1, 1, 1, 1);
    assertThat(after(Duration.ofDays(3))).containsExactly(1, 1, 1, 1, 0);
    assertThat(after(Duration.ofDays(1))).containsExactly(1, 0, 1, 1, 0);
    assertThat(after(Duration.ofDays(2))).containsExactly(1, 0, 1, 0, 0);
    assertThat(after(Duration.ofDays(4))).containsExactly(1, 0, 1, 0, 0);
    assertThat(after(Duration.ofDays(1))).containsExactly(0, 0, 1, 0, 0);
    assertThat(after(Duration.ofDays(9))).containsExactly(0, 0, 1, 0, 0);
    assertThat(after(Duration.ofDays(1))).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void whileTheStorageIsAwayNothingHappensAndNothingBreaks() {
    stores.breakDown("away");
    clock.advance(Duration.ofDays(100));
    retention.run();
    stores.recover();
    assertThat(after(Duration.ZERO)).containsExactly(0, 0, 0, 0, 0);
  }

  @Test
  void nothingIsKeptForLessThanADayAndMessagesAtLeastAsLongAsTheirEvents() {
    assertThat(properties.isLongEnough()).isTrue();
    assertThat(properties.isMessagesLongest()).isTrue();
    RetentionProperties wrong =
        new RetentionProperties(
            true,
            Duration.ofHours(1),
            Duration.ofDays(10),
            Duration.ofHours(3),
            Duration.ofDays(9),
            Duration.ofDays(5),
            Duration.ofDays(2));
    assertThat(wrong.isLongEnough()).isFalse();
    assertThat(wrong.isMessagesLongest()).isFalse();
  }
}
