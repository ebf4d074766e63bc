package io.tillpost.console.recovery.operation;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.channel.BackOff;
import io.tillpost.console.recovery.channel.ChannelAnswer;
import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.target.TargetFreezes;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to hold an operation up. */
class OutlooksTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:15:00Z");

  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void saysThatTheChannelIsGoneOrTakesNothingNow() {
    RecoveryOperation plan =
        accepted(world.console().recovery.planMessages(Set.of(world.aFailedSale()), null));
    ChannelGate gate =
        new ChannelGate(1, new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(30)));

    assertThat(notices(plan, world.channels(), gate)).isEmpty();
    assertThat(notices(plan, new RecoveryChannels(List.of()), gate))
        .containsExactly(
            "Nothing is sent: there is no channel middleware in the configuration any more.");

    gate.heard(new ChannelAnswer.SlowDown(Duration.ofSeconds(4), "429"), NOW);
    assertThat(notices(plan, world.channels(), gate))
        .containsExactly("The channel middleware asked to wait until 10:15:04 Z.");
    // What is shorter changes neither the moment nor why.
    gate.heard(new ChannelAnswer.NotReached("refused"), NOW);
    assertThat(notices(plan, world.channels(), gate))
        .containsExactly("The channel middleware asked to wait until 10:15:04 Z.");
    assertThat(gate.closed(NOW.plusSeconds(4))).isEmpty();
  }

  @Test
  void saysThatTheChannelDoesNotAnswerOrNamesNoMoment() {
    RecoveryOperation plan =
        accepted(world.console().recovery.planMessages(Set.of(world.aFailedSale()), null));
    ChannelGate silent =
        new ChannelGate(1, new BackOff(Duration.ofSeconds(20), Duration.ofSeconds(20)));
    ChannelGate busy =
        new ChannelGate(1, new BackOff(Duration.ofSeconds(20), Duration.ofSeconds(20)));
    silent.heard(new ChannelAnswer.NotReached("refused"), NOW);
    busy.heard(new ChannelAnswer.SlowDown(null, "503"), NOW);

    assertThat(notices(plan, world.channels(), silent))
        .singleElement()
        .asString()
        .startsWith("The channel middleware does not answer and is tried again at 10:15:");
    assertThat(notices(plan, world.channels(), busy))
        .singleElement()
        .asString()
        .startsWith("The channel middleware takes nothing now and is asked again at 10:15:");
  }

  private static List<String> notices(
      RecoveryOperation operation, RecoveryChannels channels, ChannelGate gate) {
    return new Outlooks(
            new TargetGates(
                new FastSettings().target(RecoveryWorld.target(50, 4)).settings(),
                ZoneOffset.UTC,
                new TargetFreezes(
                    new RecoveryRecords(new InMemoryStores().documents()),
                    Clock.fixed(NOW, ZoneOffset.UTC))),
            channels,
            name -> name.equals("middleware") ? gate.closed(NOW) : Optional.empty(),
            RecoveryWorld.FAST.start(),
            ZoneOffset.UTC,
            Clock.fixed(NOW, ZoneOffset.UTC))
        .of(operation)
        .notices();
  }
}
