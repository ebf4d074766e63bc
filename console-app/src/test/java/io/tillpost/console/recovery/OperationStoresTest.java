package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationStoresTest {
  private static final Instant NOW = Samples.MORNING;
  private static final StoreScope SOME = new StoreScope(Set.of("04*"), Set.of(), Set.of());

  private static final Operator BEN = new Operator("ben", "Ben", Set.of(Role.SUPPORT), SOME);

  private final DocumentStore documents = new InMemoryStores().documents();
  private int items;

  @Test
  void whoWorksForAllItsStoresMaySteerIt() {
    item("0411", false);
    item("0412", false);
    item("0711", true);

    assertThat(refusal(new RecoveryRecords(documents)))
        .as("what was left out moves nothing")
        .isNull();
  }

  @Test
  void messagesOfOtherStoresAreCountedByStoreWithoutReadingThem() {
    item("0412", false);
    item("0711", false);
    item("0711", false);

    assertThat(refusal(new RecoveryRecords(documents)))
        .startsWith("2 of its messages are of stores that are not yours");
  }

  @Test
  void aMessageThatNamesNoStoreIsNobodysWhoIsBound() {
    item("0412", false);
    item(null, false);

    assertThat(refusal(new RecoveryRecords(documents)))
        .startsWith("1 of its messages is of stores that are not yours");
  }

  @Test
  void itemsFromBeforeTheStoreCouldBeAskedForCountToo() {
    item("0412", false);
    item("0711", false);
    item("0711", true);

    assertThat(refusal(new RecoveryRecords(fromBefore())))
        .startsWith("1 of its messages is of stores that are not yours");
  }

  @Test
  void aListThatIsNotSeenAsAWholeIsNobodysYet() {
    item("0412", false);
    items++;

    assertThat(refusal(new RecoveryRecords(documents))).startsWith("Its list was frozen just now");
  }

  @Test
  void aListThatIsStillBeingFrozenIsNobodysYetButItsOwn() {
    OperationStores stores = new OperationStores(new RecoveryRecords(documents));
    assertThat(stores.refusal(planned("anna"), BEN).orElseThrow())
        .startsWith("Its list was frozen just now");
    assertThat(stores.refusal(planned("ben"), BEN)).as("made of his stores only").isEmpty();

    item("0711", false);
    assertThat(stores.refusal(operation(), BEN).orElseThrow())
        .as("nothing is remembered of a list that was not whole")
        .startsWith("1 of its messages is");
  }

  @Test
  void whatIsKnownForOneIsNotSaidToWhoWorksForOtherStores() {
    item("0412", false);
    item("0711", false);
    OperationStores stores = new OperationStores(new RecoveryRecords(documents));
    StoreScope both = new StoreScope(Set.of("0*"), Set.of(), Set.of());

    assertThat(stores.refusal(operation(), BEN)).isPresent();
    assertThat(stores.refusal(operation(), new Operator("eva", "Eva", Set.of(Role.SUPPORT), both)))
        .isEmpty();
  }

  @Test
  void anItemThatIsReadTwiceCountsOnce() {
    item("0711", false);
    item(null, false);
    DocumentStore twice =
        answering(
            documents,
            (method, arguments) -> {
              if (method.getName().equals("findAll")) {
                readTwice((DocumentQuery) arguments[0], arguments[1]);
                return Optional.of("done");
              }
              return Optional.empty();
            });

    assertThat(refusal(new RecoveryRecords(twice))).startsWith("2 of its messages are of stores");
  }

  @SuppressWarnings("unchecked")
  private void readTwice(DocumentQuery query, Object each) {
    Documents<RecoveryItem> items = documents.of(RecoveryKinds.ITEMS);
    items.findAll(query, (Consumer<List<Versioned<RecoveryItem>>>) each);
    items.findAll(query, (Consumer<List<Versioned<RecoveryItem>>>) each);
  }

  @Test
  void aCopyOfTheIndexThatKnowsFewerItemsLetsNobodySteerWhatIsOfOtherStores() {
    item("0412", false);
    DocumentStore young = new InMemoryStores().documents();
    documents
        .of(RecoveryKinds.ITEMS)
        .find(DocumentQuery.ALL)
        .items()
        .forEach(one -> young.of(RecoveryKinds.ITEMS).create(one.id(), one.value()));
    item("0711", false);
    RecoveryRecords records = new RecoveryRecords(countedBy(documents, young));

    assertThat(refusal(records)).startsWith("Its list was frozen just now");
    item("0711", true);
    assertThat(refusal(new RecoveryRecords(countedBy(young, documents))))
        .startsWith("1 of its messages is of stores that are not yours");
  }

  @Test
  void whatAYoungCopyDoesNotKnowAsLeftOutIsRefusedForAMomentOnly() {
    item("0412", false);
    item("0711", true);
    AtomicBoolean young = new AtomicBoolean(true);
    OperationStores stores =
        new OperationStores(
            new RecoveryRecords(
                answering(
                    documents,
                    (method, arguments) ->
                        young.get() && isCountOfLeftOut(method, arguments)
                            ? Optional.of(Map.of())
                            : Optional.empty())));

    assertThat(stores.refusal(operation(), BEN).orElseThrow()).startsWith("1 of its messages is");
    young.set(false);
    assertThat(stores.refusal(operation(), BEN)).isEmpty();
    young.set(true);
    assertThat(stores.refusal(operation(), BEN)).as("known from then on").isEmpty();
  }

  private static boolean isCountOfLeftOut(Method method, Object[] arguments) {
    return method.getName().equals("countBy")
        && ((DocumentQuery) arguments[1])
            .conditions().stream()
                .anyMatch(c -> c instanceof Condition.AnyOf any && any.field().equals("state"));
  }

  @Test
  void whereNotAllStoresAreToldEachItemIsLookedAt() {
    item("0412", false);
    item("0711", false);
    Map<String, Long> most =
        IntStream.range(0, 10_000)
            .boxed()
            .collect(Collectors.toMap(i -> "04" + i, _ -> 1L, (a, _) -> a));

    assertThat(
            refusal(
                new RecoveryRecords(
                    answering(
                        documents,
                        (method, _) ->
                            method.getName().equals("countBy")
                                ? Optional.of(most)
                                : Optional.empty()))))
        .startsWith("1 of its messages is of stores that are not yours");
  }

  /** How many there are is told by one copy, everything else by another. */
  private static DocumentStore countedBy(DocumentStore counting, DocumentStore others) {
    return new DocumentStore() {
      @Override
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> count = counting.of(kind);
        return answering(
                others,
                (method, arguments) ->
                    method.getName().equals("count")
                        ? Optional.of(count.count((DocumentQuery) arguments[0]))
                        : Optional.empty())
            .of(kind);
      }
    };
  }

  /** What a storage answers instead of the real one; empty to let that answer. */
  private interface Instead {
    Optional<Object> answer(Method method, Object[] arguments);
  }

  private static DocumentStore answering(DocumentStore real, Instead instead) {
    return new DocumentStore() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> documents = real.of(kind);
        return (Documents<T>)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  Optional<Object> answer = instead.answer(method, arguments);
                  if (answer.isPresent()) {
                    return answer.get();
                  }
                  try {
                    return method.invoke(documents, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
      }
    };
  }

  private @Nullable String refusal(RecoveryRecords records) {
    return new OperationStores(records).refusal(operation(), BEN).orElse(null);
  }

  private RecoveryOperation operation() {
    return frozen(planned("anna"));
  }

  private static RecoveryOperation planned(String by) {
    return RecoveryOperation.planned(
        "op",
        RecoveryAction.RETRY,
        by,
        "Try again",
        NOW,
        new OperationScope(OperationScope.Kind.SELECTION, "3", null, "3 chosen messages"),
        "middleware");
  }

  private RecoveryOperation frozen(RecoveryOperation planned) {
    return planned
        .frozen(
            OperationSummary.of(items, items, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "hash"), NOW)
        .orElseThrow();
  }

  private void item(@Nullable String store, boolean leftOut) {
    RecoveryItem item =
        RecoveryItem.planned(
            "op",
            "m" + items,
            new PlannedMessage("sales-posting", store, "erp", null, null, NOW),
            items++,
            2,
            NOW);
    documents
        .of(RecoveryKinds.ITEMS)
        .create(
            RecoveryItem.id("op", item.messageId()),
            leftOut ? item.after(new ItemEvent.Skipped("Not failed"), NOW).orElseThrow() : item);
  }

  /** The same documents, of which none was written since the store can be asked for. */
  private DocumentStore fromBefore() {
    return answering(
        documents,
        (method, _) ->
            method.getName().equals("countBy") ? Optional.of(Map.of()) : Optional.empty());
  }
}
