package io.tillpost.console.recovery.target;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.browser.ForwardClock;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Targets that are asked because nobody has confirmed in time. */
class AskedAtDeadlineTest {
  private static final Duration FROM_ONE_TO_THE_NEXT = Duration.ofMinutes(10);

  private final ForwardClock clock = new ForwardClock();
  private final RecoveryWorld world =
      new RecoveryWorld()
          .clock(clock)
          .deadline(Duration.ofHours(1))
          .offersLookUps()
          .pace(
              new FastSettings()
                  .target(RecoveryWorld.target(1d / FROM_ONE_TO_THE_NEXT.toSeconds(), 8))
                  .settings());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theyAreAskedAtTheirRate() {
    TestConsole console = world.console();
    List<MessageId> sales = world.sales(2);
    RecoveryOperation first = sent(console, sales.getFirst());
    clock.putForward(FROM_ONE_TO_THE_NEXT);
    RecoveryOperation second = sent(console, sales.getLast());
    assertThat(world.channel.asked()).isEmpty();

    clock.putForward(Duration.ofHours(2));
    await()
        .atMost(RecoveryWorld.PATIENCE)
        .until(() -> states(first, second, sales).contains(ItemState.UNCONFIRMED));
    await()
        .during(Duration.ofMillis(500))
        .atMost(RecoveryWorld.PATIENCE)
        .until(
            () ->
                world.channel.asked().size() == 1
                    && states(first, second, sales)
                        .equals(Set.of(ItemState.UNCONFIRMED, ItemState.SENT)));

    clock.putForward(FROM_ONE_TO_THE_NEXT);
    world.awaitState(first, sales.getFirst(), ItemState.UNCONFIRMED);
    world.awaitState(second, sales.getLast(), ItemState.UNCONFIRMED);
    assertThat(world.channel.asked()).hasSize(2);
  }

  private Set<ItemState> states(
      RecoveryOperation first, RecoveryOperation second, List<MessageId> sales) {
    // A set of one where both are in the same state.
    return Set.copyOf(
        List.of(
            world.item(first, sales.getFirst()).state(),
            world.item(second, sales.getLast()).state()));
  }

  private RecoveryOperation sent(TestConsole console, MessageId sale) {
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.SENT);
    return operation;
  }
}
