package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.Stage;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What people put together or take apart while a recovery of it is on its way. */
class RecoveredRegroupedTest extends SeveralRecoveredWorld {
  @Test
  void whatIsMergedOnTheWayIsResolvedWithItsLastMessage() {
    Fingerprint tax = failed("TAX");
    Fingerprint other = failed("OTHER");
    RecoveryOperation retry = runsUnnamed(RecoveryOperation.AUTOMATIC, tax);
    triage.comment(other, "Looking");
    assertThat(merging.merge(other, List.of(tax), null)).isInstanceOf(TriageAnswer.Done.class);
    sent(tax);
    write(messages.get(other).attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    clock.advance(Duration.ofMinutes(5));
    sweep.sweep();
    assertThat(records.get(other).status()).isEqualTo(ExceptionStatus.OPEN);

    confirmed(tax);
    sweep.sweep();
    assertThat(records.get(other).status()).isEqualTo(ExceptionStatus.RESOLVED);
    news.finished(ended(retry));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.MERGED);
  }

  @Test
  void mergedOnesAreToldAsTheOneInWhichTheyAre() {
    Fingerprint tax = failed("TAX");
    Fingerprint other = failed("OTHER");
    RecoveryOperation retry = runsUnnamed("support", tax, other);
    assertThat(merging.merge(other, List.of(tax), null)).isInstanceOf(TriageAnswer.Done.class);
    news.takenUp(retry, () -> true);
    assertThat(records.get(other).status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.MERGED);

    List.of(tax, other).forEach(this::sent);
    confirmed(tax);
    failedAgain(other);
    news.finished(ended(retry));
    assertThat(records.get(other).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.MERGED);
  }

  @Test
  void whatIsTakenApartOnTheWayIsNotResolvedBeforeItIsThrough() {
    Fingerprint tax = failed("TAX");
    Fingerprint other = failed("OTHER");
    assertThat(merging.merge(other, List.of(tax), null)).isInstanceOf(TriageAnswer.Done.class);
    running(ID, RecoveryOperation.AUTOMATIC, List.of());
    // Its list was frozen when the message was in the other one.
    item(ID, tax, other, tax);
    assertThat(merging.takeApart(tax, null)).isInstanceOf(TriageAnswer.Done.class);
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
    sent(tax);
    clock.advance(Duration.ofMinutes(5));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    confirmed(tax);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
  }

  @Test
  void aPartThatIsSplitOffOnTheWayIsNotResolvedBeforeItIsThrough() {
    Fingerprint tax = failed("TAX");
    fail("TAX", sale("0002"));
    runsUnnamed(RecoveryOperation.AUTOMATIC, tax);
    assertThat(
            splitting.split(
                tax,
                new SplitCondition(Set.of("0001"), null, null, null, null, null),
                "Another cause"))
        .isInstanceOf(TriageAnswer.Done.class);
    Fingerprint part = groupings.current().splits().getFirst().part();
    triage.comment(part, "Looking");
    sent(tax);
    clock.advance(Duration.ofMinutes(5));
    sweep.sweep();
    assertThat(records.get(part).status()).isEqualTo(ExceptionStatus.OPEN);

    confirmed(tax);
    sweep.sweep();
    assertThat(records.get(part).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(records.get(tax).status()).isNotEqualTo(ExceptionStatus.RESOLVED);
  }
}
