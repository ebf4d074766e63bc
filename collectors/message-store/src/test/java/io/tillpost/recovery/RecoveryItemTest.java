package io.tillpost.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecoveryItemTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");
  private static final Instant DEADLINE = NOW.plusSeconds(300);

  private final RecoveryItem planned =
      RecoveryItem.planned(
          "o-1",
          "m-1",
          new PlannedMessage("sales-posting", "0412", "erp", null, null, NOW),
          0,
          2,
          NOW);

  @Test
  void theKeyIsTheMessageAndTheAttempt() {
    assertThat(planned.idempotencyKey()).isEqualTo("m-1:2");
    assertThat(RecoveryClaim.id("m-1", 2)).isEqualTo("m-1:2");
  }

  @Test
  void anIdThatIsTooLongForADocumentIsHashedAndStaysDistinct() {
    String id = "ü".repeat(300);
    assertThat(RecoveryClaim.id(id, 2))
        .hasSizeLessThan(512)
        .isNotEqualTo(RecoveryClaim.id(id, 3))
        .isEqualTo(RecoveryClaim.id(id, 2));
  }

  @Test
  void howLongItTookCountsFromTheFirstRequest() {
    RecoveryItem waited =
        after(planned, new ItemEvent.Waits("o-1:m-0", "Waits"))
            .after(sent(), NOW.plusSeconds(900))
            .orElseThrow();
    RecoveryItem again = waited.after(sent(), NOW.plusSeconds(950)).orElseThrow();
    RecoveryItem taken =
        again.after(new ItemEvent.Taken(DEADLINE), NOW.plusSeconds(960)).orElseThrow();
    ItemEvent confirmed = new ItemEvent.Confirmed(2);

    assertThat(again.tookSeconds()).isNull();
    assertThat(again.after(confirmed, NOW.plusSeconds(1_000)).orElseThrow().tookSeconds())
        .isEqualTo(100);
    assertThat(taken.after(confirmed, NOW.plusSeconds(1_000)).orElseThrow().tookSeconds())
        .isEqualTo(100);
    assertThat(
            again
                .after(new ItemEvent.AttemptFailed("Again"), NOW.plusSeconds(1_000))
                .orElseThrow()
                .tookSeconds())
        .isNull();
  }

  private static ItemEvent sent() {
    return new ItemEvent.DispatchStarted("me", DEADLINE, DEADLINE, "t");
  }

  @Test
  void askedToSlowDownNoTimeRunsOut() {
    RecoveryItem asked = after(sending(planned), new ItemEvent.SlowDown(NOW.plusSeconds(9), "429"));

    assertThat(asked.deadline()).isNull();
    assertThat(asked.inDoubt()).isFalse();
    assertThat(asked.nextTryAt()).isEqualTo(NOW.plusSeconds(9));
  }

  @Test
  void askedToSlowDownAfterALostAnswerTheDeadlineStays() {
    RecoveryItem lost =
        after(sending(planned), new ItemEvent.OutcomeUnknown(NOW.plusSeconds(1), "timeout"));
    RecoveryItem asked = after(sending(lost), new ItemEvent.SlowDown(NOW.plusSeconds(9), "429"));

    assertThat(asked.deadline()).isEqualTo(DEADLINE);
    assertThat(asked.inDoubt()).isTrue();
    assertThat(asked.dispatches()).isEqualTo(2);
  }

  @Test
  void theSameAnswerAgainDoesNotMakeTheHistoryGrow() {
    RecoveryItem once = after(sending(planned), new ItemEvent.SlowDown(NOW, "429"));
    RecoveryItem twice = after(sending(once), new ItemEvent.SlowDown(NOW, "429"));

    assertThat(twice.history()).isEqualTo(once.history());
  }

  @Test
  void whileOneDispatcherSendsAnotherKeepsAway() {
    RecoveryItem sending = sending(planned);

    assertThat(sending.heldByAnother("console-2", NOW.plusSeconds(19))).isTrue();
    assertThat(sending.heldByAnother("console-1", NOW.plusSeconds(19))).isFalse();
    assertThat(sending.heldByAnother("console-2", NOW.plusSeconds(20))).isFalse();
  }

  @Test
  void aLateConfirmationEndsTheDoubt() {
    RecoveryItem unconfirmed =
        after(
            after(sending(planned), new ItemEvent.Taken(DEADLINE)), new ItemEvent.DeadlinePassed());

    assertThat(unconfirmed.state()).isEqualTo(ItemState.UNCONFIRMED);
    assertThat(unconfirmed.reason()).isEqualTo("Sent, but neither confirmed nor failed in time");
    assertThat(after(unconfirmed, new ItemEvent.Confirmed(2)).state())
        .isEqualTo(ItemState.CONFIRMED);
  }

  @Test
  void itIsCancelledUnlessARequestMayHaveBeenTaken() {
    ItemEvent cancelled = new ItemEvent.Cancelled("cancelled by support");
    RecoveryItem asked = after(sending(planned), new ItemEvent.SlowDown(NOW.plusSeconds(9), "429"));
    RecoveryItem lost = after(sending(planned), new ItemEvent.OutcomeUnknown(NOW, "timeout"));

    assertThat(after(planned, cancelled).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(after(asked, cancelled).state()).isEqualTo(ItemState.SKIPPED);
    assertThat(sending(planned).after(cancelled, NOW)).isEmpty();
    assertThat(lost.after(cancelled, NOW)).isEmpty();
    assertThat(after(sending(planned), new ItemEvent.Taken(DEADLINE)).after(cancelled, NOW))
        .isEmpty();
  }

  private static RecoveryItem sending(RecoveryItem item) {
    return after(
        item, new ItemEvent.DispatchStarted("console-1", NOW.plusSeconds(20), DEADLINE, "trace"));
  }

  private static RecoveryItem after(RecoveryItem item, ItemEvent event) {
    return item.after(event, NOW).orElseThrow();
  }
}
