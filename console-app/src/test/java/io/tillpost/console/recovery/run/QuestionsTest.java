package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.TargetAnswer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A person has the target asked for what nobody confirmed. */
@Execution(ExecutionMode.CONCURRENT)
class QuestionsTest {
  /** On a busy machine a channel may take longer than a second to be called at all. */
  private final RecoveryWorld world =
      new RecoveryWorld()
          .timeout(Duration.ofMillis(2_900))
          .deadline(Duration.ofSeconds(3))
          .offersLookUps();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aTargetThatHasItEndsTheDoubtAndNothingIsSent() {
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(console, sale);
    world.channel.says("POSTED");

    QuestionProgress asked = answered(console, console.questions.ofMessage(sale, "key-1"));

    assertThat(asked.answers()).isEqualTo(Map.of(TargetAnswer.HAS_IT, 1L));
    assertThat(asked.words())
        .isEqualTo("support asked the target about 1 unconfirmed message: it has 1.");
    RecoveryItem item = world.item(operation, sale);
    assertThat(item.state()).isEqualTo(ItemState.ALREADY_DONE);
    assertThat(item.reason()).isEqualTo(LookUps.HAS_IT);
    assertThat(item.asked().by()).isEqualTo("support");
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
    assertThat(console.questions.ofMessage(sale, "key-2"))
        .isEqualTo(new QuestionAnswer.Refused("Nothing of it is unconfirmed"));
  }

  @Test
  void whatTheTargetDoesNotHaveStaysUnconfirmedAndMayBeSentAgain() {
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(console, sale);
    world.channel.says("ABSENT");

    answered(console, console.questions.ofMessage(sale, null));

    RecoveryItem item = world.item(operation, sale);
    assertThat(item.state()).isEqualTo(ItemState.UNCONFIRMED);
    assertThat(item.reason())
        .startsWith("The target does not have it")
        .endsWith("it may be sent again");
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
    world.channel.behave(world::takeAndConfirm);
    RecoveryOperation again =
        accepted(
            console.recovery.retryMessage(
                sale, because("It is absent").withInDoubt(AnywayWish.sendAnyway(null))));
    world.awaitState(again, sale, ItemState.CONFIRMED);
    assertThat(world.channel.keys()).containsExactly(sale + ":2", sale + ":3");
  }

  @Test
  void whatIsOnItsWayStaysUnconfirmed() {
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(console, sale);
    world.channel.says("PENDING");

    QuestionProgress asked = answered(console, console.questions.ofMessage(sale, null));

    assertThat(asked.answers()).isEqualTo(Map.of(TargetAnswer.ON_ITS_WAY, 1L));
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.UNCONFIRMED);
    assertThat(world.item(operation, sale).reason())
        .isEqualTo("The target says that it is on its way");
  }

  @Test
  void noAnswerSaysWhyAndTheSameKeyDoesNotAskAgain() {
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(console, sale);
    QuestionProgress asked = answered(console, console.questions.ofMessage(sale, "key-1"));
    int times = world.channel.asked().size();

    QuestionProgress repeated = answered(console, console.questions.ofMessage(sale, "key-1"));

    assertThat(repeated.question().id()).isEqualTo(asked.question().id());
    assertThat(world.channel.asked()).hasSize(times);
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.UNCONFIRMED);
    assertThat(world.item(operation, sale).reason())
        .isEqualTo(
            "The target was asked and did not say: the channel answered 500, an error of its own");
    assertThat(console.questions.ofOperation(operation.id(), "key-1"))
        .isEqualTo(
            new QuestionAnswer.Refused("This Idempotency-Key was used for another question"));
  }

  @Test
  void allOfAnOperationAreAskedForOnceAndEachIsInTheAuditTrail() {
    TestConsole console = world.console();
    List<MessageId> sales = Stream.generate(world::aFailedSale).limit(4).toList();
    RecoveryOperation operation = unconfirmed(console, sales.toArray(MessageId[]::new));
    int before = world.channel.asked().size();
    world.channel.says("POSTED");

    QuestionProgress asked = answered(console, console.questions.ofOperation(operation.id(), null));

    assertThat(asked.answers()).isEqualTo(Map.of(TargetAnswer.HAS_IT, 4L));
    assertThat(world.channel.asked()).hasSize(before + 4);
    assertThat(world.channel.keys()).hasSize(4);
    assertThat(console.questions.latestOf(operation.id())).contains(asked);
    List<AuditEntry> trail =
        world.auditTrail().stream().filter(e -> e.action() == AuditAction.ASK_TARGET).toList();
    assertThat(trail).extracting(AuditEntry::actor).containsOnly("support");
    assertThat(trail)
        .extracting(AuditEntry::subjectId)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(Stream.of(operation.id()), sales.stream().map(MessageId::value))
                .toList());
    assertThat(trail).extracting(AuditEntry::subjectKind).contains(AuditSubject.Kind.OPERATION);
  }

  @Test
  void aTargetThatIsSilentThreeTimesIsNotAskedForTheRest() {
    TestConsole console = world.console();
    List<MessageId> sales = Stream.generate(world::aFailedSale).limit(5).toList();
    RecoveryOperation operation = unconfirmed(console, sales.toArray(MessageId[]::new));
    int before = world.channel.asked().size();

    QuestionProgress asked = answered(console, console.questions.ofOperation(operation.id(), null));

    assertThat(world.channel.asked()).hasSize(before + 3);
    assertThat(asked.answers()).isEqualTo(Map.of(TargetAnswer.NO_ANSWER, 3L));
    assertThat(asked.words())
        .endsWith("did not answer 3 times in a row, so it was not asked for the rest.");
  }

  @Test
  void theTargetIsAskedNoFasterThanItsRate() {
    world.pace(slowed(RecoveryWorld.target(4, 4)));
    TestConsole console = world.console();
    List<MessageId> sales = Stream.generate(world::aFailedSale).limit(4).toList();
    RecoveryOperation operation = unconfirmed(console, sales.toArray(MessageId[]::new));
    world.channel.says("ABSENT");
    long from = System.nanoTime();

    answered(console, console.questions.ofOperation(operation.id(), null));

    assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(700));
  }

  @Test
  void aTargetInAFreezeIsNotAsked() {
    TestConsole sender = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(sender, sale);
    LocalDateTime today = LocalDateTime.now(ZoneOffset.UTC);
    world.pace(
        slowed(
            new TargetProperties(
                20,
                4,
                ZoneOffset.UTC,
                List.of(
                    new TargetProperties.Freeze("Year end", today.minusDays(1), today.plusDays(1))),
                List.of())));
    TestConsole frozen = world.idleConsole(world.stores.documents());

    assertThat(frozen.questions.ofMessage(sale, null))
        .isInstanceOfSatisfying(
            QuestionAnswer.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("erp is not asked now.")
                    .endsWith("Year end."));
    assertThat(world.item(operation, sale).asked()).isNull();
  }

  @Test
  void aChannelWithoutALookUpSaysSo() {
    try (RecoveryWorld silent =
        new RecoveryWorld().timeout(Duration.ofMillis(900)).deadline(Duration.ofSeconds(1))) {
      TestConsole console = silent.console();
      MessageId sale = silent.aFailedSale();
      RecoveryOperation operation =
          accepted(console.recovery.retryMessage(sale, because("Try again")));
      silent.awaitState(operation, sale, ItemState.UNCONFIRMED);

      assertThat(console.questions.ofMessage(sale, null))
          .isEqualTo(
              new QuestionAnswer.Refused(
                  "The channel middleware offers no look-up, so the target cannot be asked."));
      assertThat(console.questions.ofOperation("none", null))
          .isEqualTo(new QuestionAnswer.NotFound("There is no operation none"));
    }
  }

  @Test
  void anotherConsoleAsksWhereTheFirstOneDied() {
    TestConsole sender = world.console();
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = unconfirmed(sender, sale);
    sender.close();
    world.channel.says("POSTED");
    TestConsole dying = world.idleConsole(world.stores.documents());
    assertThat(dying.questions.ofMessage(sale, "key-1"))
        .isInstanceOf(QuestionAnswer.Accepted.class);
    assertThat(world.item(operation, sale).asked()).isNull();

    TestConsole other = world.console();

    answered(other, other.questions.ofMessage(sale, "key-1"));
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.ALREADY_DONE);
  }

  @Test
  void aMessageThatIsNotStoredIsNotFound() {
    TestConsole console = world.console();

    assertThat(console.questions.ofMessage(new MessageId("sale-nobody-knows"), null))
        .isEqualTo(new QuestionAnswer.NotFound("There is no message sale-nobody-knows"));
  }

  private RecoveryOperation unconfirmed(TestConsole console, MessageId... sales) {
    RecoveryOperation operation = accepted(console.recovery.planMessages(List.of(sales), null));
    accepted(console.control.start(operation.id(), "Try again"));
    for (MessageId sale : sales) {
      world.awaitState(operation, sale, ItemState.UNCONFIRMED);
    }
    return operation;
  }

  /** The question when there is nothing more to ask. */
  private static QuestionProgress answered(TestConsole console, QuestionAnswer answer) {
    assertThat(answer).isInstanceOf(QuestionAnswer.Accepted.class);
    String id = ((QuestionAnswer.Accepted) answer).progress().question().id();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> console.questions.find(id).orElseThrow().question().finished());
    return console.questions.find(id).orElseThrow();
  }

  private static RecoveryProperties slowed(TargetProperties target) {
    return new FastSettings().target(target).settings();
  }
}
