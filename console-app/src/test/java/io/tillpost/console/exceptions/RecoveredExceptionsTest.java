package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What recovery means for exceptions. */
class RecoveredExceptionsTest extends TriageWorld {
  @Test
  void whoRetriesAnExceptionThatNobodyHasHasItNow() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.assign(tax, null, "Retail IT");

    news.started(retryAll(tax, "oncall"));

    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
    assertThat(records.get(tax).team()).isEqualTo("Retail IT");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    news.started(retryAll(tax, "support"));
    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
  }

  @Test
  void anExceptionIsResolvedWhenItsMessagesAreThroughAndOpenWhenTheyComeBack() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    news.started(retryAll(tax, "support"));

    news.finished(retryAll(tax, "support"));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(inbox.find(tax).orElseThrow().group()).isEmpty();
    assertThat(inbox.find(tax).orElseThrow().title())
        .isEqualTo("It does not work (TAX_CODE_UNKNOWN)");
    assertThat(records.titles(List.of(tax.value(), "00ff00ff00ff00ff")))
        .containsOnly(Map.entry(tax.value(), "It does not work (TAX_CODE_UNKNOWN)"));

    fail("TAX_CODE_UNKNOWN", sale("0002"));
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::status)
        .containsExactly(ExceptionStatus.REGRESSED);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.REGRESSED);

    triage.comment(tax, "Again");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void whatWentOutIsRecoveringUntilTheRecoveryEndsAndNotCalledBackMeanwhile() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    RecoveryOperation retry =
        told(
            told(retryAll(tax, "support"), new OperationEvent.Frozen()),
            new OperationEvent.Started(false));
    operations.create(retry.id(), retry);
    news.started(retry);

    write(sale.attempt(2, clock.instant()).throughStage(Stage.SUBMITTED));
    clock.advance(Duration.ofMinutes(1));
    assertThat(stores.failures().group(tax)).isEmpty();
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(inbox.find(tax).orElseThrow().status()).isEqualTo(ExceptionStatus.RECOVERING);

    // The end of the operation, which a crash kept from the exception.
    operations.replace(
        operations.get(retry.id()).orElseThrow(), told(retry, new OperationEvent.Completed()));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
  }

  @Test
  void theEndThatCouldNotBeToldIsFoundAlsoWhereMessagesFailStill() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"), sale("0002"));
    RecoveryOperation retry = retryAll(tax, "support");
    news.started(retry);
    sweep.sweep();
    assertThat(records.get(tax).status()).as("just begun").isEqualTo(ExceptionStatus.RECOVERING);

    clock.advance(Duration.ofMinutes(1));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void whatARetryByItselfSentIsNotResolvedBeforeItsEnd() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    triage.comment(tax, "Looking");
    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    RecoveryOperation retry =
        told(
            told(retryAll(tax, RecoveryOperation.AUTOMATIC), new OperationEvent.Frozen()),
            new OperationEvent.Started(false));
    operations.create(retry.id(), retry);

    write(sale.attempt(2, clock.instant()).throughStage(Stage.SUBMITTED));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void anAutomaticRetryAssignsNobodyAndLeavesTheStatusToPeople() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    news.started(retryAll(tax, RecoveryOperation.AUTOMATIC));
    news.finished(retryAll(tax, RecoveryOperation.AUTOMATIC));

    assertThat(records.get(tax)).isEqualTo(ExceptionGroup.fresh(tax));
  }

  @Test
  void whatRetriesCameToIsToldFromTenOutcomesOn() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    operations.create("o-support", retryAll(tax, "support"));
    for (int i = 0; i < 9; i++) {
      retried(i, i < 7 ? Duration.ofMinutes(2) : Duration.ofMinutes(11));
    }
    RetryEvidence evidence = new RetryEvidence(stores.documents(), stores.failures(), clock);
    assertThat(evidence.of(tax)).isEmpty();

    retried(9, null);
    clock.advance(Duration.ofMinutes(1));
    Retried retried = evidence.of(tax).orElseThrow();
    assertThat(retried.words())
        .isEqualTo(
            "70 % of 10 retried messages were confirmed within 10 minutes (90 % in the end).");
  }

  @Test
  void whatRetriesOfLikeFailuresCameToIsToldFromThirtyOutcomesOn() {
    RetryEvidence evidence = new RetryEvidence(stores.documents(), stores.failures(), clock);
    for (int i = 0; i < 29; i++) {
      retried(
          i,
          i < 26 ? Duration.ofMinutes(2) : Duration.ofMinutes(12),
          FailureClass.TRANSIENT,
          "erp");
    }
    retried(100, Duration.ofMinutes(2), FailureClass.MAPPING, "erp");
    retried(101, Duration.ofMinutes(2), FailureClass.TRANSIENT, "wms");
    retried(102, Duration.ofMinutes(2), null, "erp");
    assertThat(evidence.alike(FailureClass.TRANSIENT, "erp")).isEmpty();

    clock.advance(Duration.ofMinutes(1));
    retried(29, null, FailureClass.TRANSIENT, "erp");
    RetriedAlike alike = evidence.alike(FailureClass.TRANSIENT, "erp").orElseThrow();
    assertThat(alike)
        .isEqualTo(
            new RetriedAlike(
                FailureClass.TRANSIENT,
                "erp",
                Duration.ofDays(30),
                new Retried(30, 26, 29, Duration.ofMinutes(10))));

    clock.advance(Duration.ofDays(30).minusSeconds(1));
    assertThat(evidence.alike(FailureClass.TRANSIENT, "erp")).as("too old, but one").isEmpty();
  }

  private RecoveryOperation told(RecoveryOperation operation, OperationEvent event) {
    return operation.after(event, null, null, clock.instant()).orElseThrow();
  }

  private void retried(int number, Duration confirmedAfter) {
    retried(number, confirmedAfter, null, "erp");
  }

  private void retried(
      int number, Duration confirmedAfter, FailureClass failureClass, String target) {
    Instant at = clock.instant();
    RecoveryItem item =
        RecoveryItem.planned(
            "o-support",
            "m-" + number,
            new PlannedMessage("sales-posting", "0001", target, null, null, at, failureClass),
            number,
            2,
            failureClass == null ? at.minus(Duration.ofHours(1)) : at);
    item =
        item.after(
                new ItemEvent.DispatchStarted("me", at.plusSeconds(60), at.plusSeconds(6_000), "t"),
                at)
            .orElseThrow();
    item = item.after(new ItemEvent.Taken(at.plusSeconds(6_000)), at).orElseThrow();
    item =
        confirmedAfter == null
            ? item.after(new ItemEvent.AttemptFailed("Again"), at).orElseThrow()
            : item.after(new ItemEvent.Confirmed(2), at.plus(confirmedAfter)).orElseThrow();
    stores
        .documents()
        .of(RecoveryKinds.ITEMS)
        .create(RecoveryItem.id("o-support", "m-" + number), item);
  }
}
