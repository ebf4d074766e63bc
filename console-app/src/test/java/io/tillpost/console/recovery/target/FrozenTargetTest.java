package io.tillpost.console.recovery.target;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.browser.ForwardClock;
import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.run.QuestionAnswer;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is sent, asked and retried by itself while somebody has frozen the target. */
@Execution(ExecutionMode.CONCURRENT)
class FrozenTargetTest {
  private static final FreezeWish YEAR_END = new FreezeWish("Year end", null, null, null);

  private final ForwardClock clock = new ForwardClock();
  private final RecoveryWorld world = new RecoveryWorld().clock(clock);
  private final TroubledFreezes documents = new TroubledFreezes(world.stores.documents());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void anOperationInTheMiddleOfItsListWaitsAndGoesOnAfterTheLift() {
    List<MessageId> sales = world.sales(6);
    world.pace(new FastSettings().target(RecoveryWorld.target(1_000, 1)).settings());
    TestConsole console = world.console(documents);
    Targets targets = console.targets(world.stores.failures());
    world.channel.behave(
        call -> {
          if (world.channel.keys().size() == 2) {
            // While the second one is on its way, and so has the only place.
            TestConsole.logIn("anna", "MANAGER");
            targets.freeze("erp", YEAR_END);
          }
          return world.takeAndConfirm(call);
        });
    RecoveryOperation operation = started(console, sales.getFirst());

    await().atMost(RecoveryWorld.PATIENCE).until(() -> world.channel.keys().size() == 2);
    world.awaitQuiet(operation);

    assertThat(world.channel.keys()).hasSize(2);
    assertThat(world.now(operation).state()).isEqualTo(OperationState.RUNNING);
    assertThat(targets.all().getFirst().waiting())
        .containsExactly(new TargetStanding.Waiting(operation.id(), "support", 4));
    targets.lift("erp", null, null);
    world.awaitFinished(operation);
    assertThat(world.channel.keys()).hasSize(6).doesNotHaveDuplicates();
    assertThat(targets.all().getFirst().waiting()).isEmpty();
  }

  @Test
  void itGoesOnByItselfWhenTheEndHasCome() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console(documents);
    console
        .targets(world.stores.failures())
        .freeze(
            "erp",
            new FreezeWish("Year end", clock.instant().plus(Duration.ofHours(1)), null, null));
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitQuiet(operation);
    assertThat(world.channel.keys()).isEmpty();

    clock.putForward(Duration.ofHours(1));

    world.awaitFinished(operation);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void nothingIsSentWhileItCannotBeReadWhetherTheTargetIsFrozen() {
    // About no business object, so that nothing is looked up before its turn.
    MessageId sale = world.failed(Samples.aSale().register(null));
    world.channel.behave(world::takeAndConfirm);
    TestConsole console = world.console(documents);
    documents.away(true);
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitQuiet(operation);
    assertThat(world.channel.keys()).isEmpty();

    // Each try in vain has given its place in the channel back.
    documents.away(false);

    world.awaitFinished(operation);
    assertThat(world.channel.keys()).containsExactly(sale + ":2");
  }

  @Test
  void itIsNotAskedEither() {
    TestConsole console = world.offersLookUps().console(documents);
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = sent(console, sale);
    clock.putForward(Duration.ofHours(1));
    world.awaitState(operation, sale, ItemState.UNCONFIRMED);
    int before = world.channel.asked().size();
    console.targets(world.stores.failures()).freeze("erp", YEAR_END);

    assertThat(console.questions.ofMessage(sale, null))
        .isInstanceOfSatisfying(
            QuestionAnswer.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo(
                        "erp is not asked now. erp is frozen by support until somebody lifts it: Year end."));
    assertThat(world.channel.asked()).hasSize(before);
  }

  @Test
  void norIsItAskedWhereNobodyHasConfirmedInTime() {
    TestConsole console = world.offersLookUps().console(documents);
    MessageId sale = world.aFailedSale();
    RecoveryOperation operation = sent(console, sale);
    int before = world.channel.asked().size();
    console.targets(world.stores.failures()).freeze("erp", YEAR_END);

    clock.putForward(Duration.ofHours(1));
    world.awaitState(operation, sale, ItemState.UNCONFIRMED);

    assertThat(world.channel.asked()).hasSize(before);
  }

  @Test
  void nothingIsRetriedByItself() {
    world.pace(
        new FastSettings()
            .automatic(
                FailureClass.TRANSIENT,
                new AutomaticProperties(
                    Duration.ofMillis(1), 2, Duration.ofMillis(2), 3, 0, Set.of()))
            .settings());
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console(documents);
    console.targets(world.stores.failures()).freeze("erp", YEAR_END);

    console.automatic.look();

    assertThat(console.operations.newest(10)).isEmpty();
    assertThat(console.automaticRetries.of(world.exceptionOf(sale)).orElseThrow().words())
        .isEqualTo(
            "Automatic retry waits: erp is frozen by support until somebody lifts it: Year end");
  }

  private RecoveryOperation sent(TestConsole console, MessageId sale) {
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.SENT);
    return operation;
  }

  private RecoveryOperation started(TestConsole console, MessageId sale) {
    RecoveryOperation plan =
        accepted(console.recovery.planException(world.exceptionOf(sale), null));
    return accepted(console.control.start(plan.id(), "Tax code is there now"));
  }
}
