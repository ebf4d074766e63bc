package io.tillpost.console.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.NotificationKind;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.console.retention.OldData.Kept;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryTurn;
import io.tillpost.recovery.TargetQuestion;
import io.tillpost.store.DailyData.Kind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Refusals;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
          Duration.ofDays(2),
          Duration.ofDays(25),
          Duration.ofDays(40),
          Duration.ofDays(30),
          Duration.ofDays(50),
          Duration.ofDays(60));
  private final Map<Kept, Instant> asked = new EnumMap<>(Kept.class);
  private final Retention retention =
      new Retention(
          stores,
          List.of(other(Kept.SPLITS), other(Kept.REQUESTS), other(Kept.EXCEPTIONS)),
          properties,
          clock,
          new SimpleMeterRegistry());

  private OldData other(Kept kept) {
    return new OldData() {
      @Override
      public Kept kept() {
        return kept;
      }

      @Override
      public void drop(Instant before) {
        asked.put(kept, before);
      }
    };
  }

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
  void mailsGoOnceTheyAreOldUnlessTheyAreStillToBeSent() {
    for (Outcome outcome : Outcome.values()) {
      stores.documents().of(Notification.DOCUMENTS).put(outcome.name(), mail(outcome));
    }

    after(Duration.ofDays(59));
    assertThat(stores.documents().of(Notification.DOCUMENTS).count(DocumentQuery.ALL)).isEqualTo(5);

    after(Duration.ofDays(2));
    assertThat(stores.documents().of(Notification.DOCUMENTS).find(DocumentQuery.ALL).items())
        .extracting(mail -> mail.value().outcome())
        .containsExactlyInAnyOrder(Outcome.WAITING, Outcome.SENDING);
  }

  private static Notification mail(Outcome outcome) {
    return new Notification(
        outcome.name(),
        "a",
        "Stuck",
        "",
        Severity.WARNING,
        NotificationKind.FIRING,
        Samples.MORNING,
        "tillpost@example.com",
        List.of("oncall@example.com"),
        "Stuck",
        "Stuck",
        "<p>Stuck</p>",
        "<1@example.com>",
        null,
        outcome,
        1,
        null,
        null,
        null);
  }

  @Test
  void whatFeaturesKeepIsDroppedByTheirOwnTimes() {
    retention.run();
    assertThat(asked)
        .containsEntry(Kept.SPLITS, clock.instant().minus(Duration.ofDays(40)))
        .containsEntry(Kept.REQUESTS, clock.instant().minus(Duration.ofDays(30)))
        .containsEntry(Kept.EXCEPTIONS, clock.instant().minus(Duration.ofDays(50)));
  }

  @Test
  void claimsTurnsAndQuestionsGoOnceNothingOfThemIsUnderWayAndTheirMessageIsGone() {
    DocumentStore documents = stores.documents();
    Documents<RecoveryClaim> claims = documents.of(RecoveryKinds.CLAIMS);
    Documents<RecoveryTurn> turns = documents.of(RecoveryKinds.TURNS);
    Documents<TargetQuestion> questions = documents.of(RecoveryKinds.QUESTIONS);
    Instant now = clock.instant();
    item("op-1", "gone", 2, false);
    item("op-2", "paused", 3, true);
    for (String message : List.of("kept", "gone", "paused")) {
      claims.create(
          RecoveryClaim.id(message, 2), new RecoveryClaim(message, 2, "op-1", "support", now));
    }
    turns.create("a", new RecoveryTurn("a", "op-1", "gone", now));
    turns.create("b", new RecoveryTurn("b", "op-2", "paused", now));
    turns.create("c", new RecoveryTurn("c", "op-0", "nothing", now.plus(Duration.ofDays(300))));
    for (boolean finished : List.of(true, false)) {
      questions.create(
          "q-" + finished,
          new TargetQuestion(
              "q-" + finished, null, "gone", "support", now, 1, finished, null, null));
    }

    // By a day that is kept for messages, but not for claims.
    clock.advance(Duration.ofDays(19));
    retention.run();
    assertThat(claims.count(DocumentQuery.ALL)).isEqualTo(3);
    clock.advance(Duration.ofDays(7));
    stores
        .ingestWriter()
        .write(
            new Batch(
                Samples.aSale().id("kept").capturedAt(clock.instant()).throughStage(Stage.CAPTURED),
                List.of()));
    retention.run();

    assertThat(ids(claims))
        .containsExactlyInAnyOrder(RecoveryClaim.id("kept", 2), RecoveryClaim.id("paused", 2));
    assertThat(ids(turns)).containsExactlyInAnyOrder("b", "c");
    assertThat(ids(questions)).containsExactly("q-false");
  }

  @Test
  void correctedPayloadsGoWithTheirMessagesUnlessTheyAreStillToBeSent() {
    Documents<RecoveryContent> contents = stores.documents().of(RecoveryKinds.CONTENTS);
    item("op-1", "gone", 2, false);
    item("op-2", "paused", 2, true);
    for (String message : List.of("kept", "gone", "paused")) {
      String operation = message.equals("paused") ? "op-2" : "op-1";
      contents.create(
          message,
          new RecoveryContent(
              operation, message, 2, "application/json", "{}", List.of(), clock.instant()));
    }
    stores
        .ingestWriter()
        .write(
            new Batch(
                Samples.aSale()
                    .id("kept")
                    .capturedAt(clock.instant().plus(Duration.ofDays(20)))
                    .throughStage(Stage.CAPTURED),
                List.of()));

    clock.advance(Duration.ofDays(24));
    retention.run();
    assertThat(ids(contents)).containsExactlyInAnyOrder("kept", "gone", "paused");
    clock.advance(Duration.ofDays(2));
    retention.run();

    assertThat(ids(contents)).containsExactlyInAnyOrder("kept", "paused");
  }

  private void item(String operation, String message, int attempt, boolean open) {
    Instant now = clock.instant();
    RecoveryItem planned =
        RecoveryItem.planned(
            operation,
            message,
            new PlannedMessage("sales-posting", "0001", "erp", null, null, now),
            0,
            attempt,
            now);
    stores
        .documents()
        .of(RecoveryKinds.ITEMS)
        .create(
            RecoveryItem.id(operation, message),
            open ? planned : planned.after(new ItemEvent.Skipped("Done"), now).orElseThrow());
  }

  private static Set<String> ids(Documents<?> documents) {
    return documents.find(DocumentQuery.ALL).items().stream()
        .map(Versioned::id)
        .collect(Collectors.toSet());
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
            Duration.ofDays(2),
            Duration.ofDays(8),
            Duration.ofDays(40),
            Duration.ofDays(30),
            Duration.ofDays(50),
            Duration.ofDays(60));
    assertThat(properties.isRecoveryLongest()).isTrue();
    assertThat(wrong.isRecoveryLongest()).isFalse();
    assertThat(wrong.isLongEnough()).isFalse();
    assertThat(wrong.isMessagesLongest()).isFalse();
  }
}
