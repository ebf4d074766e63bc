package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.TriageStep;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.testing.MessageBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may wait, until it becomes worse. */
class IgnoringTest extends TriageWorld {
  @Test
  void whatIsIgnoredComesLastUntilItBecomesWorse() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"), sale("0002"));
    fail("TIMEOUT", sale("0003"));

    assertThat(triage.ignore(tax, untilMessages(2), "Known, mended on Monday"))
        .isInstanceOf(TriageAnswer.Done.class);
    assertThat(codes(ExceptionFilter.ALL)).containsExactly("TIMEOUT", "TAX_CODE_UNKNOWN");
    assertThat(codes(ExceptionFilter.ALL.with(f -> f.statuses(Set.of(ExceptionStatus.IGNORED)))))
        .containsExactly("TAX_CODE_UNKNOWN");
    triage.comment(tax, "Still known");
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.IGNORED);

    fail("TAX_CODE_UNKNOWN", sale("0004"));
    sweep.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
    assertThat(records.get(tax).ignoredUntil()).isNull();
    assertThat(records.get(tax).history().getLast().what())
        .isEqualTo("is ignored no longer: it has 3 messages, more than 2");
    assertThat(codes(ExceptionFilter.ALL)).containsExactly("TAX_CODE_UNKNOWN", "TIMEOUT");
  }

  /** By itself, in the middleware, and by an automatic retry that takes longer than one looks. */
  @Test
  void whatIsIgnoredStaysSoWhileAMessageIsMerelyTriedAgain() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    triage.ignore(tax, untilMessages(2), "Known, mended on Monday");
    sweep.sweep();
    for (int attempt = 2; attempt < 6; attempt++) {
      write(sale.attempt(attempt, clock.instant()).throughStage(Stage.SUBMITTED));
      assertThat(stores.failures().group(tax)).as("on its way").isEmpty();
      sweep.sweep();
      clock.advance(ExceptionSweep.QUIET.minusSeconds(1));
      sweep.sweep();
      write(sale.attempt(attempt, clock.instant()).throughStage(Stage.FAILED));
      sweep.sweep();
      assertIgnored(tax);
    }

    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    RecoveryOperation retry =
        retryAll(tax, RecoveryOperation.AUTOMATIC)
            .after(new OperationEvent.Frozen(), null, null, clock.instant())
            .flatMap(o -> o.after(new OperationEvent.Started(false), null, null, clock.instant()))
            .orElseThrow();
    operations.create(retry.id(), retry);
    news.started(retry);
    write(sale.attempt(6, clock.instant()).throughStage(Stage.SUBMITTED));
    for (int look = 0; look < 3; look++) {
      sweep.sweep();
      clock.advance(ExceptionSweep.QUIET);
      assertIgnored(tax);
    }
    write(sale.attempt(6, clock.instant()).throughStage(Stage.FAILED));
    operations.replace(
        operations.get(retry.id()).orElseThrow(),
        retry.after(new OperationEvent.Completed(), null, null, clock.instant()).orElseThrow());
    news.finished(retry);
    sweep.sweep();
    assertIgnored(tax);

    // That it really gets worse counts as before.
    fail("TAX_CODE_UNKNOWN", sale("0002"), sale("0003"));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
    assertThat(records.get(tax).history().getLast().what())
        .isEqualTo("is ignored no longer: it has 3 messages, more than 2");
  }

  private void assertIgnored(Fingerprint exception) {
    ExceptionGroup group = records.get(exception);
    assertThat(group.status()).isEqualTo(ExceptionStatus.IGNORED);
    assertThat(group.ignoredUntil()).isEqualTo(untilMessages(2));
    assertThat(group.history())
        .extracting(TriageStep::what)
        .containsExactly("ignored it: Known, mended on Monday");
  }

  @Test
  void whatIsIgnoredAndThenAllThroughIsResolved() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    triage.ignore(tax, untilMessages(2), "Known, mended on Monday");
    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    assertIgnored(tax);

    clock.advance(ExceptionSweep.QUIET);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
  }

  @Test
  void whatIsIgnoredForATimeComesBackAfterIt() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Instant until = clock.instant().plusSeconds(3_600);
    triage.ignore(tax, new IgnoredUntil(until, null, null, null), "Over at noon");

    clock.advance(Duration.ofMinutes(59));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.IGNORED);

    clock.advance(Duration.ofMinutes(1));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
  }

  @Test
  void ignoringNeedsAReasonAndAnEndThatIsNotReachedYet() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"), sale("0002"));

    assertThat(triage.ignore(tax, untilMessages(9), " ")).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.ignore(tax, new IgnoredUntil(null, null, null, null), "Never mind"))
        .isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.ignore(tax, untilMessages(1), "Known"))
        .isEqualTo(
            new TriageAnswer.Invalid(
                "It is as bad as that already: it has 2 messages, more than 1"));
    assertThat(triage.ignore(tax, new IgnoredUntil(clock.instant(), null, null, null), "Known"))
        .isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.notice(tax)).isEqualTo(new TriageAnswer.Invalid("It is not ignored"));
    assertThat(records.get(tax).history()).isEmpty();
  }

  @Test
  void ignoringCanBeTakenBack() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.ignore(tax, untilMessages(5), "Known");

    assertThat(triage.notice(tax)).isInstanceOf(TriageAnswer.Done.class);

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(records.get(tax).ignoredUntil()).isNull();
  }

  @Test
  void whatSomebodySawEscalatesWhenItGrowsFast() {
    clock.advance(Duration.ofHours(5));
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.comment(tax, "One sale only");
    clock.advance(Duration.ofHours(2));
    for (int store = 10; store < 20; store++) {
      fail(
          "TAX_CODE_UNKNOWN",
          sale("00" + store).capturedAt(clock.instant().minus(Duration.ofMinutes(20))));
    }

    sweep.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
    assertThat(records.get(tax).history().getLast().what())
        .startsWith("grows fast: 10 messages failed within an hour");
  }
}
