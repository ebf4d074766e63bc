package io.tillpost.console.recovery.list;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.TestTriage;
import io.tillpost.console.recovery.UnfinishedPlans;
import io.tillpost.console.recovery.earlier.EarlierMessages;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.console.security.StoreScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a list that was not frozen to its end, and what is never taken for frozen. */
class UnfinishedPlansTest extends WithLongPlans {
  @Test
  void whatNobodyGoesOnWithIsGivenUpAndWhatIsLeftOfItIsRemoved() {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    RecoveryOperation other = accepted(console.recovery.planMessages(sales.subList(0, 1), null));
    RecoveryItem left = world.item(other, sales.getFirst());
    String id = RecoveryItem.id(planned.id(), left.messageId());
    console.records.items().createAll(Map.of(id, of(planned, left)));
    console
        .records
        .contents()
        .createAll(
            Map.of(
                id,
                new RecoveryContent(
                    planned.id(), left.messageId(), 2, "a/b", "{}", List.of(), null)));
    UnfinishedPlans unfinished = new UnfinishedPlans(console.records, Duration.ofMinutes(2), clock);
    clock.advance(Duration.ofSeconds(100));
    console.records.change(
        planned.id(),
        operation -> Optional.of(operation.preparing(new Preparation(4, 1, clock.instant()))));

    clock.advance(Duration.ofSeconds(100));
    unfinished.giveUp();
    assertThat(world.now(planned).state()).isEqualTo(OperationState.PLANNED);
    clock.advance(Duration.ofSeconds(21));
    unfinished.giveUp();
    unfinished.cleanUp();

    assertThat(world.now(planned).state()).isEqualTo(OperationState.ABANDONED);
    assertThat(world.now(planned).preparation()).isNull();
    assertThat(itemsOf(console.records, planned.id())).isEmpty();
    assertThat(console.operations.differences(planned.id(), 10, null).items()).isEmpty();
    assertThat(itemsOf(console.records, other.id())).hasSize(1);
    assertThat(console.control.cancel(planned.id(), null))
        .as("who comes too late did not cancel it")
        .isInstanceOf(OperationAnswer.Refused.class);
  }

  @ParameterizedTest(name = "it hears of it: {0}")
  @ValueSource(booleans = {true, false})
  void whatIsWrittenAfterTheRestWasRemovedIsRemovedToo(boolean hears) {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    RecoveryRecords records = console.records;
    UnfinishedPlans unfinished = new UnfinishedPlans(records, Duration.ofMinutes(2), clock);
    List<Integer> parts = new ArrayList<>();

    Optional<RecoveryOperation> frozen =
        freeze(
            records,
            planned,
            SIZE,
            before -> {
              parts.add(before);
              if (parts.size() == 1) {
                accepted(console.control.cancel(planned.id(), null));
                clock.advance(Duration.ofMinutes(1));
                unfinished.cleanUp();
                assertThat(world.now(planned).preparation()).isNull();
              }
              return parts.size() < 2 || !hears;
            });

    assertThat(frozen).isEmpty();
    assertThat(parts)
        .as("how many were written when it was asked whether to go on")
        .isEqualTo(hears ? List.of(0, 2) : List.of(0, 2, 4));
    assertThat(itemsOf(records, planned.id())).isNotEmpty();
    assertThat(soFar(planned).at()).isEqualTo(clock.instant());
    clock.advance(Duration.ofSeconds(44));
    unfinished.cleanUp();
    assertThat(itemsOf(records, planned.id())).isNotEmpty();
    clock.advance(Duration.ofSeconds(2));
    unfinished.cleanUp();
    assertThat(itemsOf(records, planned.id())).isEmpty();
    assertThat(world.now(planned).preparation()).isNull();
  }

  @Test
  void whatCouldNotBeWrittenIsNotTakenForFrozen() {
    RecoveryOperation planned = accepted(console.recovery.planException(exception(), null));
    AtomicBoolean away = new AtomicBoolean(true);
    RecoveryRecords records = new RecoveryRecords(refusingItems(away));

    assertThatThrownBy(() -> freeze(records, planned, PlanSize.upTo(100), _ -> true))
        .isInstanceOf(StoreUnavailableException.class);

    assertThat(away).as("was asked to write them").isFalse();
    assertThat(world.now(planned).state()).isEqualTo(OperationState.PLANNED);
  }

  /** A storage that does not take the first items that it is given. */
  private DocumentStore refusingItems(AtomicBoolean away) {
    return new DocumentStore() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> real = world.stores.documents().of(kind);
        return (Documents<T>)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  if (kind.equals(RecoveryKinds.ITEMS)
                      && method.getName().equals("createAll")
                      && away.getAndSet(false)) {
                    throw new StoreUnavailableException("away", null);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
      }
    };
  }

  /** Freezes the list of all sales, without any that go first. */
  private Optional<RecoveryOperation> freeze(
      RecoveryRecords records, RecoveryOperation planned, PlanSize size, IntPredicate goesOn) {
    Superseding superseding = new Superseding(world.stores.messages(), Set.of());
    StartProperties usual = RecoveryWorld.FAST.start();
    ChosenList.Collector list =
        new ChosenList.Collector(world.stores.messages(), superseding, size);
    sales.forEach(sale -> list.add(world.stores.messages().find(sale).orElseThrow().message()));
    return new ListPlan(
            records,
            world.stores.messages(),
            superseding,
            new EarlierMessages(world.stores.messages(), superseding),
            new StartProperties(
                0,
                usual.canaryFrom(),
                usual.rampFrom(),
                usual.rampEvery(),
                usual.pauseAbove(),
                usual.pauseSlower(),
                usual.judgeFrom()),
            new TestTriage(world.stores.failures()),
            clock)
        .freeze(
            planned,
            StoreScope.ALL,
            list.oldestFirst(),
            Contents.AS_THEY_ARE,
            RetryRequest.plan(null),
            0,
            goesOn,
            Optional::of);
  }

  private static RecoveryItem of(RecoveryOperation operation, RecoveryItem item) {
    return RecoveryItem.planned(
        operation.id(), item.messageId(), item.message(), 0, item.attempt(), item.plannedAt());
  }
}
