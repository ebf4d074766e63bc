package io.tillpost.console.recovery.due;

import static io.tillpost.console.recovery.due.AutomaticRetryTest.automatic;
import static io.tillpost.console.recovery.due.AutomaticRetryTest.operations;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TargetProperties;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps automatic retry from going, as it is told. */
class AutomaticHeldUpTest {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final RecoveryWorld world = new RecoveryWorld().pace(automatic(SOON, 3));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingIsPlannedInAFreezeOfTheTarget() {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    TargetProperties closed =
        new TargetProperties(
            1_000,
            8,
            ZoneOffset.UTC,
            List.of(new TargetProperties.Freeze("Year end", now.minusHours(1), now.plusHours(1))),
            List.of());
    world.pace(automatic(SOON, 3, Map.of("default", closed), Set.of()));
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    assertThat(console.automaticRetries.of(world.exceptionOf(sale)).orElseThrow().words())
        .startsWith("Automatic retry waits: Nothing is sent to erp until")
        .endsWith("Year end");
  }

  @Test
  void whatCannotBePlannedIsToldWithTheReasonAndTriedAgainLater() {
    MessageId sale = world.aFailedSale();
    world.takeChannelAway();
    TestConsole console = world.console();

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    AutomaticNotice notice = console.automaticRetries.of(world.exceptionOf(sale)).orElseThrow();
    assertThat(notice.state()).isEqualTo(AutomaticNotice.State.HELD_UP);
    assertThat(notice.words()).startsWith("Automatic retry waits: ").contains("channel");
    assertThat(notice.nextAt()).isAfter(Instant.now());
  }

  @Test
  void onlyTheTargetsThatAreNamedAreMeant() {
    world.pace(automatic(SOON, 3, RecoveryWorld.FAST.targets(), Set.of("loyalty")));
    MessageId sale = world.aFailedSale();
    TestConsole console = world.console();

    console.automatic.look();

    assertThat(operations(console)).isEmpty();
    assertThat(console.automaticRetries.of(world.exceptionOf(sale))).isEmpty();
  }
}
