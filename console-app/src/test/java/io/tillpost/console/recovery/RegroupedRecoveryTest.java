package io.tillpost.console.recovery;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.GroupingStore;
import io.tillpost.testing.RandomGroupings;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operation over an exception is over what people put together, no more and no less. */
class RegroupedRecoveryTest {
  private final RecoveryWorld world = new RecoveryWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void retryAllTakesTheMessagesOfAllThatWasMergedAndLeavesWhatWasSplitOff() {
    MessageId tax = world.aFailedSale();
    MessageId tender =
        world.failed(
            Samples.aSale().failingWith(Samples.aFailure().code("TENDER_REFUSED").build()));
    MessageId elsewhere = world.failed(Samples.aSale().store("0777"));
    Fingerprint exception = world.exceptionOf(tax);
    Fingerprint merged = world.exceptionOf(tender);
    Fingerprint part = new Fingerprint("00ff00ff00ff00ff");
    new GroupingStore(world.stores.documents())
        .change(
            grouping ->
                Optional.of(
                    grouping
                        .merged(
                            List.of(RandomGroupings.merge(merged, exception, "alike")), List.of())
                        .split(
                            RandomGroupings.split(
                                exception,
                                part,
                                new SplitCondition(Set.of("0777"), null, null, null, null, null)),
                            List.of())));
    TestConsole console = world.idleConsole(world.stores.documents());

    RecoveryOperation all =
        accepted(console.recovery.retryException(exception, because("Codes are there")));
    assertThat(all.size()).isEqualTo(2);
    assertThat(world.item(all, tax).messageId()).isEqualTo(tax.value());
    assertThat(world.item(all, tender).messageId()).isEqualTo(tender.value());

    RecoveryOperation one =
        accepted(console.recovery.retryMessage(elsewhere, because("Codes are there")));
    assertThat(one.scope().fingerprint()).isEqualTo(part.value());
  }

  /** A merged exception has messages of which each goes by its own class and target. */
  @Test
  void automaticRetryTakesOfWhatWasMergedOnlyTheMessagesThatItIsFor() {
    world.pace(
        new FastSettings()
            .automatic(
                FailureClass.TRANSIENT,
                new AutomaticProperties(
                    Duration.ofSeconds(1), 2, Duration.ofHours(2), 3, 20, Set.of("erp")))
            .settings());
    Instant longAgo = Instant.now().minusSeconds(600);
    MessageId toErp = world.failed(Samples.aSale().capturedAt(longAgo).target("erp"));
    MessageId toLoyalty = world.failed(Samples.aSale().capturedAt(longAgo).target("loyalty"));
    Fingerprint exception = world.exceptionOf(toErp);
    Fingerprint merged = world.exceptionOf(toLoyalty);
    new GroupingStore(world.stores.documents())
        .change(
            grouping ->
                Optional.of(
                    grouping.merged(
                        List.of(RandomGroupings.merge(merged, exception, "alike")), List.of())));
    TestConsole console = world.idleConsole(world.stores.documents());

    console.automatic.look();

    List<RecoveryOperation> all =
        console.records.operations().find(DocumentQuery.ALL).items().stream()
            .map(Versioned::value)
            .toList();
    assertThat(all).hasSize(1);
    assertThat(itemsOf(console.records, all.getFirst().id()))
        .extracting(found -> found.value().messageId())
        .containsExactly(toErp.value());
  }

  /** Each of its messages goes by its own target: one that is closed does not keep the others. */
  @Test
  void automaticRetryLooksAtEachTargetOfWhatWasMerged() {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    TargetProperties closed =
        new TargetProperties(
            1_000,
            8,
            ZoneOffset.UTC,
            List.of(new TargetProperties.Freeze("Year end", now.minusHours(1), now.plusHours(1))),
            List.of());
    world.pace(
        new FastSettings()
            .targets(Map.of("default", RecoveryWorld.target(1_000, 8), "loyalty", closed))
            .automatic(
                FailureClass.TRANSIENT,
                new AutomaticProperties(
                    Duration.ofSeconds(1), 2, Duration.ofHours(2), 3, 20, Set.of()))
            .settings());
    Instant longAgo = Instant.now().minusSeconds(600);
    // The youngest message stands for the exception: the closed target is another one's.
    MessageId toLoyalty =
        world.failed(Samples.aSale().capturedAt(longAgo.minusSeconds(60)).target("loyalty"));
    MessageId toErp = world.failed(Samples.aSale().capturedAt(longAgo).target("erp"));
    Fingerprint exception = world.exceptionOf(toErp);
    Fingerprint merged = world.exceptionOf(toLoyalty);
    new GroupingStore(world.stores.documents())
        .change(
            grouping ->
                Optional.of(
                    grouping.merged(
                        List.of(RandomGroupings.merge(merged, exception, "alike")), List.of())));
    TestConsole console = world.idleConsole(world.stores.documents());

    console.automatic.look();

    List<RecoveryOperation> all =
        console.records.operations().find(DocumentQuery.ALL).items().stream()
            .map(Versioned::value)
            .toList();
    assertThat(all).hasSize(1);
    assertThat(itemsOf(console.records, all.getFirst().id()))
        .extracting(found -> found.value().messageId())
        .containsExactly(toErp.value());
    assertThat(console.records.standings().get(exception.value()).orElseThrow().value().heldUp())
        .startsWith("Nothing is sent to loyalty until");
  }
}
