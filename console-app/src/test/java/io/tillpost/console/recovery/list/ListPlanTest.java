package io.tillpost.console.recovery.list;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.FastSettings;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a list is planned, the same comes of it. */
class ListPlanTest {
  private final Instant captured = Instant.now().minusSeconds(600);
  private final RecoveryWorld world = new RecoveryWorld();
  private final List<MessageId> sales = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  @ParameterizedTest(name = "{0} supersedes, canary of lists from {1}, parts of {2}")
  @CsvSource({
    "inventory-sync, 20, 1",
    "inventory-sync, 20, 7",
    "sales-posting, 20, 3",
    "sales-posting, 200, 3",
    "inventory-sync, 36, 50",
    "inventory-sync, 48, 7"
  })
  void aListThatIsReadInPartsIsTheSameAsOneThatIsHeld(String supersedes, int from, int part) {
    StartProperties usual = RecoveryWorld.FAST.start();
    world.pace(
        new FastSettings()
            .supersede(supersedes)
            .start(
                new StartProperties(
                    5,
                    from,
                    usual.rampFrom(),
                    usual.rampEvery(),
                    usual.pauseAbove(),
                    usual.pauseSlower(),
                    usual.judgeFrom()))
            .settings());
    TestConsole holds = world.idleConsole(world.stores.documents());
    TestConsole readsAgain =
        world.idleConsole(world.stores.documents(), new PlanSize(100, 1, part), null);
    messagesOfEveryKind(holds);
    Collections.shuffle(sales, new Random(from));

    RecoveryOperation one = accepted(holds.recovery.planMessages(sales, null));
    RecoveryOperation other =
        world.awaitState(
            accepted(readsAgain.recovery.planMessages(sales, null)), OperationState.PREVIEWED);

    OperationSummary summary = one.summary();
    assertThat(summary).isNotNull();
    assertThat(other.summary()).isEqualTo(summary);
    assertThat(summary.messages()).isEqualTo(sales.size());
    assertThat(summary.skipped()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(summary.canary())
        .as("of %d that are sent", summary.toSend())
        .isEqualTo(summary.toSend() < from ? 0 : 5);
    List<String> items = items(holds, one);
    assertThat(items(readsAgain, other)).isEqualTo(items);
    assertThat(items).filteredOn(item -> item.contains("first")).hasSize(summary.canary());
    if (supersedes.equals("inventory-sync")) {
      assertThat(items).anyMatch(item -> item.contains(" behind "));
    } else {
      assertThat(summary.skipped()).containsKey("Superseded by a newer message");
    }
  }

  private void messagesOfEveryKind(TestConsole console) {
    for (int i = 0; i < 50; i++) {
      MessageBuilder sale = Samples.aSale().capturedAt(captured.plusSeconds(i));
      if (i % 4 == 0) {
        // Several about the same business object, some in the same part and some not.
        sale.transactionNumber(1L + i / 16);
      }
      sales.add(world.failed(sale.store("%04d".formatted(i % 3))));
    }
    world.report(sales.get(0), 1, Stage.CONFIRMED);
    world.report(sales.get(17), 1, Stage.CONFIRMED);
    for (MessageId under : sales.subList(20, 23)) {
      accepted(console.recovery.retryMessage(under, because("The console does not run it")));
    }
    claimedAlready(console, sales.get(30));
  }

  /** By an attempt that no event speaks of yet. */
  private void claimedAlready(TestConsole console, MessageId sale) {
    RecoveryOperation discard = accepted(console.discards.plan(new Chosen.One(sale), null));
    int attempt = world.item(discard, sale).attempt();
    boolean claimed =
        console
            .records
            .claims()
            .create(
                RecoveryClaim.id(sale.value(), attempt),
                new RecoveryClaim(sale.value(), attempt, discard.id(), "support", captured));
    assertThat(claimed).isTrue();
  }

  private static List<String> items(TestConsole console, RecoveryOperation operation) {
    return itemsOf(console.records, operation.id()).stream()
        .map(Versioned::value)
        .map(
            item ->
                "%d %s attempt %d %s %s%s%s"
                    .formatted(
                        item.position(),
                        item.messageId(),
                        item.attempt(),
                        item.state(),
                        item.reason(),
                        item.canary() ? " first" : "",
                        item.waitsFor() == null
                            ? ""
                            : " behind " + item.waitsFor().replace(operation.id(), "")))
        .toList();
  }
}
