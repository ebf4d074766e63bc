package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What listeners are told of an operation, and when. */
class TakenUpTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final List<TestConsole> consoles = new ArrayList<>();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicInteger away = new AtomicInteger();

  @AfterEach
  void close() {
    consoles.forEach(TestConsole::close);
    world.close();
  }

  @Test
  void nothingGoesOutBeforeTheOperationWasTakenUp() {
    world.channel.behave(world::takeAndConfirm);
    MessageId sale = world.aFailedSale();
    Fingerprint exception = world.exceptionOf(sale);
    TestConsole console = console().start();

    RecoveryOperation retry =
        accepted(console.recovery.retryException(exception, because("Codes are there")));
    world.awaitFinished(retry);
    await().atMost(RecoveryWorld.PATIENCE).until(() -> told.size() == 3);

    assertThat(told).containsExactly("started", "taken up, 0 sent", "finished");
    assertThat(world.item(retry, sale).message().failure())
        .as("its items say so themselves")
        .isEqualTo(exception.value());
    assertThat(world.item(retry, sale).message().share()).isNull();
  }

  @Test
  void anotherConsoleTakesItUpAnew() {
    MessageId sale = world.aFailedSale();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    TestConsole first = console().start();
    RecoveryOperation retry = accepted(first.recovery.retryMessage(sale, because("Again")));
    world.awaitState(retry, sale, ItemState.SENT);
    first.stop();

    console().start();
    await().atMost(RecoveryWorld.PATIENCE).until(() -> told.size() == 3);
    world.report(sale, 2, Stage.CONFIRMED);
    world.awaitFinished(retry);
    await().atMost(RecoveryWorld.PATIENCE).until(() -> told.size() == 4);

    assertThat(told).containsExactly("started", "taken up, 0 sent", "taken up, 1 sent", "finished");
  }

  @Test
  void itWaitsWhileTheStorageIsAway() {
    world.channel.behave(world::takeAndConfirm);
    MessageId sale = world.aFailedSale();
    away.set(2);
    TestConsole console = console().start();

    RecoveryOperation retry = accepted(console.recovery.retryMessage(sale, because("Again")));
    world.awaitFinished(retry);
    await().atMost(RecoveryWorld.PATIENCE).until(() -> told.contains("finished"));

    assertThat(told)
        .containsExactly(
            "started", "taken up, 0 sent", "taken up, 0 sent", "taken up, 0 sent", "finished");
  }

  @Test
  void oneThatIsBeingCancelledIsOnlyEnded() {
    MessageId sale = world.aFailedSale();
    TestConsole console = console();
    RecoveryOperation retry = accepted(console.recovery.retryMessage(sale, because("Again")));
    assertThat(console.control.cancel(retry.id(), "Too early"))
        .isInstanceOf(OperationAnswer.Accepted.class);

    console.start();
    world.awaitState(retry, OperationState.CANCELLED);
    await().atMost(RecoveryWorld.PATIENCE).until(() -> told.contains("finished"));

    assertThat(told).containsExactly("started", "finished");
  }

  private TestConsole console() {
    TestConsole console =
        new TestConsole(
            world.stores.documents(),
            world.stores.messages(),
            world.stores.ingestWriter(),
            world.channels(),
            RecoveryWorld.FAST,
            world.triage,
            List.of(new Told()));
    consoles.add(console);
    return console;
  }

  private final class Told implements RecoveryListener {
    @Override
    public void started(RecoveryOperation operation) {
      told.add("started");
    }

    @Override
    public void takenUp(RecoveryOperation operation, BooleanSupplier goesOn) {
      assertThat(goesOn.getAsBoolean()).isTrue();
      told.add("taken up, %d sent".formatted(world.channel.keys().size()));
      if (away.getAndDecrement() > 0) {
        throw new StoreUnavailableException("away", null);
      }
    }

    @Override
    public void finished(RecoveryOperation operation) {
      told.add("finished");
    }
  }
}
