package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestChannel;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.UnconfirmedFilter;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.TestLogin;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Page;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The list of messages of which nobody knows whether the target has them, and how they leave it.
 */
@Execution(ExecutionMode.CONCURRENT)
class UnconfirmedTest {
  private static final Duration OLD = RecoveryWorld.FAST.lateFor().plusHours(1);

  private final RecoveryWorld world = new RecoveryWorld();
  private final RecoveryRecords records = new RecoveryRecords(world.stores.documents());
  private final Instant now = Instant.now();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theNewestAreFirstAndPageByPageAllAreReached() {
    Operations operations = world.idleConsole(world.stores.documents()).operations;
    IntStream.range(0, 7)
        .forEach(i -> unconfirmed("sale-" + i, Duration.ofMinutes(i), "erp", "0412"));

    Page<RecoveryItem> first = operations.unconfirmed(UnconfirmedFilter.ALL, true, 3, null);

    assertThat(ids(first)).containsExactly("sale-0", "sale-1", "sale-2");
    assertThat(first.total()).isEqualTo(7);
    List<String> all = new ArrayList<>(ids(first));
    for (String after = first.next(); after != null; ) {
      assertThat(Operations.isAPart(after)).isTrue();
      Page<RecoveryItem> part = operations.unconfirmed(UnconfirmedFilter.ALL, true, 3, after);
      all.addAll(ids(part));
      after = part.next();
    }
    assertThat(all).isEqualTo(IntStream.range(0, 7).mapToObj(i -> "sale-" + i).toList());
    assertThat(ids(operations.unconfirmed(UnconfirmedFilter.ALL, false, 2, null)))
        .containsExactly("sale-6", "sale-5");
    assertThat(Operations.isAPart("what somebody typed")).isFalse();
  }

  @Test
  void storeTargetAndWorkflowNarrowIt() {
    Operations operations = world.idleConsole(world.stores.documents()).operations;
    unconfirmed("a", Duration.ofMinutes(1), "erp", "0412");
    unconfirmed("b", Duration.ofMinutes(2), "loyalty", "0412");
    unconfirmed("c", Duration.ofMinutes(3), null, "0711");

    assertThat(found(operations, new UnconfirmedFilter("0412", null, " ")))
        .containsExactly("a", "b");
    assertThat(found(operations, new UnconfirmedFilter(" 0412 ", "loyalty", null)))
        .containsExactly("b");
    assertThat(found(operations, new UnconfirmedFilter(null, OperationSummary.NO_TARGET, null)))
        .containsExactly("c");
    assertThat(found(operations, new UnconfirmedFilter(null, null, "sales-posting"))).hasSize(3);
    assertThat(found(operations, new UnconfirmedFilter(null, null, "returns"))).isEmpty();
  }

  @Test
  void whoIsBoundIsShownThoseOfTheirStores() {
    Operations operations = world.idleConsole(world.stores.documents()).operations;
    unconfirmed("a", Duration.ofMinutes(1), "erp", "0412");
    unconfirmed("b", Duration.ofMinutes(2), "erp", "0711");
    unconfirmed("c", Duration.ofMinutes(3), "loyalty", "0499");
    TestLogin.as("ben", Role.SUPPORT, TestLogin.only("04*"));

    assertThat(found(operations, UnconfirmedFilter.ALL)).containsExactly("a", "c");
    assertThat(operations.unconfirmed(UnconfirmedFilter.ALL, true, 1, null).total()).isEqualTo(2);
    assertThat(found(operations, new UnconfirmedFilter("0711", null, null))).isEmpty();
    TestLogin.as("cork", Role.SUPPORT, TestLogin.only("none"));
    assertThat(found(operations, UnconfirmedFilter.ALL)).isEmpty();
  }

  @Test
  void whatIsKnownMeanwhileIsNotShownAndLookingWritesNothing() {
    Operations operations = world.idleConsole(world.stores.documents()).operations;
    MessageId old = world.aFailedSale();
    MessageId young = world.aFailedSale();
    MessageId discarded = world.aFailedSale();
    MessageId other = world.aFailedSale();
    List.of(old, discarded, other).forEach(sale -> old(sale, OLD));
    old(young, Duration.ofMinutes(1));
    world.report(old, 2, Stage.CONFIRMED);
    world.report(young, 2, Stage.FAILED);
    world.report(discarded, 1, Stage.DISCARDED);

    Page<RecoveryItem> page = operations.unconfirmed(UnconfirmedFilter.ALL, true, 100, null);

    assertThat(ids(page)).containsExactly(other.value());
    assertThat(page.total()).isOne();
    assertThat(List.of(old, young, discarded, other))
        .allSatisfy(sale -> assertThat(item(sale).state()).isEqualTo(ItemState.UNCONFIRMED));
    new LateOutcomes(
            records, world.stores.messages(), RecoveryWorld.FAST.lateFor(), Clock.systemUTC())
        .look();
    assertThat(item(old).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(item(young).state()).isEqualTo(ItemState.FAILED);
    assertThat(item(discarded).state()).isEqualTo(ItemState.FAILED);
    assertThat(item(other).state()).isEqualTo(ItemState.UNCONFIRMED);
  }

  @Test
  void theSweepComesToOldOnesTooSomeAtATime() {
    List<MessageId> sales =
        IntStream.range(0, LateOutcomes.OLDER_AT_ONCE + 20)
            .mapToObj(i -> old(world.aFailedSale(), OLD.plusMinutes(i)))
            .toList();
    MessageId newer = sales.getFirst();
    MessageId oldest = sales.getLast();
    MessageId ofToday = old(world.aFailedSale(), Duration.ofHours(1));
    List.of(newer, oldest, ofToday).forEach(sale -> world.report(sale, 2, Stage.CONFIRMED));
    LateOutcomes late =
        new LateOutcomes(
            records, world.stores.messages(), RecoveryWorld.FAST.lateFor(), Clock.systemUTC());

    late.look();
    assertThat(item(ofToday).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(item(newer).state()).isEqualTo(ItemState.CONFIRMED);
    assertThat(item(oldest).state()).isEqualTo(ItemState.UNCONFIRMED);
    late.look();
    assertThat(item(oldest).state()).isEqualTo(ItemState.CONFIRMED);

    world.report(sales.get(1), 2, Stage.CONFIRMED);
    late.look();
    assertThat(item(sales.get(1)).state())
        .as("again from the first")
        .isEqualTo(ItemState.CONFIRMED);
  }

  @Test
  void whatIsDiscardedLeavesTheListWithTheReason() {
    world.timeout(Duration.ofMillis(300)).deadline(Duration.ofMillis(600));
    TestConsole console = world.console();
    MessageId sale = world.aFailedSale();
    world.channel.behave(_ -> TestChannel.Answer.of(202));
    RecoveryOperation operation =
        accepted(console.recovery.retryMessage(sale, because("Try again")));
    world.awaitState(operation, sale, ItemState.UNCONFIRMED);

    RecoveryOperation discard =
        accepted(console.discards.discardMessage(sale, because("Entered by hand")));
    world.awaitState(discard, sale, ItemState.DISCARDED);

    RecoveryItem ended = world.awaitState(operation, sale, ItemState.FAILED);
    assertThat(ended.reason())
        .isEqualTo(
            "The message was discarded; whether this attempt reached the target was not known");
    assertThat(found(console.operations, UnconfirmedFilter.ALL)).isEmpty();
  }

  @Test
  void aReplayOfWhatWasDiscardedBeforeStaysInTheList() {
    Operations operations = world.idleConsole(world.stores.documents()).operations;
    MessageId sale = world.aFailedSale();
    world.report(sale, 1, Stage.DISCARDED);
    create(planned(sale.value(), "erp", "0412").in(RecoveryAction.REPLAY), OLD);

    assertThat(found(operations, UnconfirmedFilter.ALL)).containsExactly(sale.value());
  }

  private static List<String> found(Operations operations, UnconfirmedFilter filter) {
    return ids(operations.unconfirmed(filter, true, 100, null));
  }

  private static List<String> ids(Page<RecoveryItem> page) {
    return page.items().stream().map(RecoveryItem::messageId).toList();
  }

  private RecoveryItem item(MessageId id) {
    return records.item(RecoveryItem.id("o-1", id.value())).orElseThrow();
  }

  private MessageId old(MessageId sale, Duration ago) {
    unconfirmed(sale.value(), ago, "erp", "0412");
    return sale;
  }

  /** Of which nobody knows, and that should have been known so long ago. */
  private void unconfirmed(
      String messageId, Duration ago, @Nullable String target, @Nullable String store) {
    create(planned(messageId, target, store), ago);
  }

  private RecoveryItem planned(String messageId, @Nullable String target, @Nullable String store) {
    return RecoveryWorld.planned(messageId, target, store);
  }

  private void create(RecoveryItem planned, Duration ago) {
    RecoveryWorld.unconfirmed(world.stores.documents(), planned, now.minus(ago));
  }
}
