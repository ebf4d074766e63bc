package io.tillpost.console.recovery.list;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An earlier message about the same business object that has failed keeps later ones back. */
@Execution(ExecutionMode.CONCURRENT)
class EarlierFailedTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void thePreviewCountsThoseWithAnEarlierOneAndLeavesThemOut() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    MessageId latest = world.sale(1, 20);
    MessageId other = world.sale(2, 20);
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation planned =
        accepted(console.recovery.planMessages(List.of(latest, later, other), null));

    String why = "Behind an earlier message of the same transaction that has failed: " + earlier;
    assertThat(world.item(planned, later).reason()).isEqualTo(why);
    assertThat(world.item(planned, latest).reason()).isEqualTo(why);
    assertThat(world.item(planned, other).state()).isEqualTo(ItemState.PLANNED);
    assertThat(earlierOf(planned))
        .isEqualTo(
            new EarlierFailed(2, 1, List.of(earlier.value()), 0, EarlierChoice.LEAVE_OUT, null));
    assertThat(Objects.requireNonNull(planned.summary()).skipped())
        .containsEntry(
            "Behind an earlier message of the same transaction or article that has failed", 2);
  }

  @Test
  void theEarlierOnesGoTooAndFirstWhereThatIsChosen() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation planned = accepted(console.recovery.planMessages(List.of(later), null));

    RecoveryOperation anew =
        accepted(console.recovery.planAnew(planned.id(), EarlierWish.INCLUDE, null));

    assertThat(earlierOf(anew))
        .isEqualTo(new EarlierFailed(0, 0, List.of(), 1, EarlierChoice.INCLUDE, null));
    assertThat(anew.size()).isEqualTo(2);
    accepted(console.control.start(anew.id(), "Both"));
    world.awaitFinished(anew);
    assertThat(world.channel.keys()).containsExactly(earlier + ":2", later + ":2");
  }

  @Test
  void earlierOnesAreCollectedUntilTheyAreTooMany() {
    List<MessageId> later = new ArrayList<>();
    for (int object = 1; object <= 3; object++) {
      world.sale(object, 0);
      world.sale(object, 10);
      later.add(world.sale(object, 20));
    }
    TestConsole console =
        world.idleConsole(world.stores.documents(), new PlanSize(4, 2, 1), Runnable::run);

    assertThat(console.recovery.plan(Chosen.Several.of(later), EarlierWish.INCLUDE, "too many"))
        .isEqualTo(
            new OperationAnswer.Refused(
                "With the earlier messages (at least 2) these are more than 4; choose fewer"));

    Chosen fewer = Chosen.Several.of(later.subList(0, 1));
    RecoveryOperation planned =
        accepted(console.recovery.plan(fewer, EarlierWish.INCLUDE, "fewer"));
    assertThat(world.now(planned).size()).as("held before, and not any more").isEqualTo(3);
  }

  @Test
  void aListThatIsNotHeldStaysSoWithMoreOnIt() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    MessageId other = world.failed(Samples.aReturn().capturedAt(world.captured.plusSeconds(20)));
    Superseding superseding = new Superseding(world.stores.messages(), Set.of());
    ChosenList.Collector list =
        new ChosenList.Collector(world.stores.messages(), superseding, new PlanSize(9, 3, 2));
    list.expect(4);
    list.add(world.stores.messages().find(later).orElseThrow().message());
    list.add(world.stores.messages().find(other).orElseThrow().message());

    ChosenList both =
        list.inOrder()
            .collector()
            .add(world.stores.messages().find(earlier).orElseThrow().message())
            .oldestFirst();

    assertThat(both.isHeld()).isFalse();
    assertThat(both.workflows()).containsExactlyInAnyOrder("sales-posting", "returns");
    List<MessageId> ids = new ArrayList<>();
    assertThat(both.each(part -> ids.addAll(part.stream().map(Message::id).toList()))).isTrue();
    assertThat(ids).containsExactly(earlier, later, other);
  }

  @Test
  void theyGoBeforeTheEarlierOnesWhereSomebodySaysWhyAndThatIsAudited() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    Chosen chosen = Chosen.Several.of(List.of(later));
    assertThat(console.recovery.plan(chosen, EarlierWish.sendAnyway(" "), null))
        .isInstanceOf(OperationAnswer.Invalid.class);

    RecoveryOperation anyway =
        accepted(console.recovery.plan(chosen, EarlierWish.sendAnyway("Booked by hand"), null));

    assertThat(earlierOf(anyway))
        .isEqualTo(
            new EarlierFailed(
                1, 1, List.of(earlier.value()), 0, EarlierChoice.SEND_ANYWAY, "Booked by hand"));
    RecoveryOperation held = accepted(console.recovery.plan(chosen, null));
    assertThat(Objects.requireNonNull(anyway.summary()).listHash())
        .as("is another list than without")
        .isNotEqualTo(Objects.requireNonNull(held.summary()).listHash());
    accepted(console.control.start(anyway.id(), "Urgent"));
    world.awaitFinished(anyway);
    assertThat(world.channel.keys()).containsExactly(later + ":2");
    assertThat(world.auditTrail())
        .extracting(AuditEntry::reason)
        .contains("before earlier messages that have failed: Booked by hand");
    assertThat(world.auditTrail())
        .extracting(AuditEntry::after)
        .contains(
            "Attempt 2, before message %s of the same transaction that has failed"
                .formatted(earlier));
  }

  @Test
  void oneMessageByItselfIsRefusedUnlessItIsSaidWhatBecomesOfTheEarlierOne() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);

    assertThat(console.recovery.retryMessage(later, because("Try")))
        .isEqualTo(
            new OperationAnswer.Refused(
                "Message %s of the same transaction is earlier and has failed too: retry both in their order, or send this one before it with a reason"
                    .formatted(earlier)));
    assertThat(console.recovery.earlierFailed(later)).containsExactly(earlier);
    assertThat(console.recovery.earlierFailed(earlier)).isEmpty();

    RetryRequest both = new RetryRequest("Both", "key").with(EarlierWish.INCLUDE);
    RecoveryOperation operation = accepted(console.recovery.retryMessage(later, both));
    assertThat(operation.scope().kind())
        .as("a message is by itself no more where another one goes with it")
        .isEqualTo(OperationScope.Kind.SELECTION);
    assertThat(accepted(console.recovery.retryMessage(later, both)).id()).isEqualTo(operation.id());
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).containsExactly(earlier + ":2", later + ":2");
  }

  @Test
  void oneThatFailsAfterThePreviewKeepsTheLaterOneBack() {
    MessageBuilder earlier = Samples.aSale().transactionNumber(1L).capturedAt(world.captured);
    world.write(earlier.throughStage(Stage.QUEUED));
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    RecoveryOperation planned = accepted(console.recovery.planMessages(List.of(later), null));
    assertThat(planned.summary()).isNotNull().matches(summary -> summary.toSend() == 1);

    world.write(List.of(earlier.event(Stage.FAILED)));
    accepted(console.control.start(planned.id(), "Now"));

    assertThat(world.awaitState(planned, later, ItemState.SKIPPED).reason())
        .isEqualTo(
            "Behind an earlier message of the same transaction that has failed: "
                + earlier.messageId());
    assertThat(world.channel.keys()).isEmpty();
  }

  @Test
  void whoSendsAnywayPassesThoseThatHadFailedThenAndNoneThatFailsLater() {
    MessageId known = world.sale(1, 0);
    MessageBuilder onItsWay =
        Samples.aSale().transactionNumber(1L).capturedAt(world.captured.plusSeconds(5));
    world.write(onItsWay.throughStage(Stage.QUEUED));
    MessageId later = world.sale(1, 10);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    Chosen chosen = Chosen.Several.of(List.of(later));
    EarlierWish wish = EarlierWish.sendAnyway("Booked by hand");
    RecoveryOperation held = accepted(console.recovery.plan(chosen, wish, null));
    world.write(List.of(onItsWay.event(Stage.FAILED)));

    accepted(console.control.start(held.id(), "Urgent"));

    assertThat(world.awaitState(held, later, ItemState.SKIPPED).reason())
        .isEqualTo(
            "Behind an earlier message of the same transaction that has failed: %s; it is none of those that had failed when the list was made"
                .formatted(onItsWay.messageId()));
    assertThat(world.channel.keys()).isEmpty();

    RecoveryOperation both = accepted(console.recovery.plan(chosen, wish, null));
    assertThat(earlierOf(both))
        .isEqualTo(
            new EarlierFailed(
                1,
                2,
                List.of(known.value(), onItsWay.messageId().value()),
                0,
                EarlierChoice.SEND_ANYWAY,
                "Booked by hand"));
    accepted(console.control.start(both.id(), "Urgent"));
    world.awaitFinished(both);
    assertThat(world.channel.keys()).containsExactly(later + ":2");
    assertThat(world.auditTrail())
        .extracting(AuditEntry::after)
        .contains(
            "Attempt 2, before messages %s and %s of the same transaction that have failed"
                .formatted(known, onItsWay.messageId()));
  }

  @Test
  void ofVeryManyEarlierOnesThoseWithoutANamePassByTheTimeOfTheirFailure() {
    for (int i = 0; i < 22; i++) {
      world.sale(1, i);
      world.sale(2, i);
    }
    MessageBuilder onItsWay =
        Samples.aSale().transactionNumber(2L).capturedAt(world.captured.plusSeconds(30));
    world.write(onItsWay.throughStage(Stage.QUEUED));
    MessageId goes = world.sale(1, 40);
    MessageId held = world.sale(2, 40);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation planned =
        accepted(
            console.recovery.plan(
                Chosen.Several.of(List.of(goes, held)),
                EarlierWish.sendAnyway("Booked by hand"),
                null));
    assertThat(earlierOf(planned).earlier()).isEqualTo(44);
    assertThat(world.item(planned, goes).passes())
        .isNotNull()
        .matches(passed -> passed.messages().size() == 20 && passed.more() == 2);
    world.write(List.of(onItsWay.attempt(1, Instant.now().plusSeconds(5)).event(Stage.FAILED)));

    accepted(console.control.start(planned.id(), "Urgent"));

    world.awaitFinished(planned);
    assertThat(world.channel.keys()).containsExactly(goes + ":2");
    assertThat(world.item(planned, held).reason()).contains(onItsWay.messageId().value());
  }

  @Test
  void twoOfOneOperationNeverWaitForEachOther() {
    MessageId first = world.sale(1, 10);
    MessageBuilder second =
        Samples.aSale().transactionNumber(1L).capturedAt(world.captured.plusSeconds(20));
    world.failed(second);
    TestConsole console = world.console();
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation planned =
        accepted(console.recovery.planMessages(List.of(first, second.messageId()), null));
    // A till that corrects its clock: the second one is the earlier now.
    world.write(List.of(second.capturedAt(world.captured).event(Stage.DEAD_LETTERED)));

    accepted(console.control.start(planned.id(), "Both"));

    world.awaitFinished(planned);
    assertThat(world.channel.keys()).containsExactly(first + ":2", second.messageId() + ":2");
  }

  @Test
  void oneOfTheListThatIsLeftOutForAnotherReasonKeepsTheLaterOneBack() {
    MessageId earlier = world.sale(1, 0);
    MessageId later = world.sale(1, 10);
    // Taken, and never heard of: a list leaves it out, and nothing has moved it.
    world.timeout(Duration.ofMillis(100)).deadline(Duration.ofMillis(200));
    TestConsole impatient = world.console();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RecoveryOperation first = accepted(impatient.recovery.retryMessage(earlier, because("First")));
    world.awaitState(first, earlier, ItemState.UNCONFIRMED);

    RecoveryOperation planned =
        accepted(impatient.recovery.planMessages(List.of(earlier, later), null));

    assertThat(world.item(planned, earlier).reason()).contains("is not known");
    assertThat(world.item(planned, later).reason())
        .isEqualTo("Behind an earlier message of the same transaction that has failed: " + earlier);
  }

  @Test
  void anEarlierStockCountHoldsNothingBack() {
    MessageBuilder count = Samples.aStockUpdate().capturedAt(world.captured);
    MessageId earlier = world.failed(count);
    MessageId later =
        world.failed(Samples.aStockUpdate().capturedAt(world.captured.plusSeconds(10)));
    TestConsole console = world.idleConsole(world.stores.documents());

    assertThat(BusinessObject.of(world.stores.messages().find(later).orElseThrow().message()))
        .isEqualTo(BusinessObject.of(world.stores.messages().find(earlier).orElseThrow().message()))
        .isPresent();
    assertThat(console.recovery.earlierFailed(later)).isEmpty();
  }

  @Test
  void anArticleInAPlaceIsAnObjectTooAndAnotherPlaceIsAnother() {
    MessageId earlier = world.failed(price("0001", 0));
    MessageId later = world.failed(price("0001", 10));
    MessageId elsewhere = world.failed(price("0002", 10));
    TestConsole console = world.idleConsole(world.stores.documents());

    assertThat(console.recovery.earlierFailed(later)).containsExactly(earlier);
    assertThat(console.recovery.earlierFailed(elsewhere)).isEmpty();
  }

  private MessageBuilder price(String location, int later) {
    return Samples.aSale()
        .register(null)
        .transactionNumber(null)
        .noKeys()
        .key("sku", "A 100")
        .key("location", location)
        .capturedAt(world.captured.plusSeconds(later));
  }

  private static EarlierFailed earlierOf(RecoveryOperation operation) {
    return Objects.requireNonNull(Objects.requireNonNull(operation.summary()).earlier());
  }
}
