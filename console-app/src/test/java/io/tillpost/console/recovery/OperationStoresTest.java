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
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperationStoresTest {
  private static final Instant NOW = Samples.MORNING;
  private static final StoreScope SOME = new StoreScope(Set.of("04*"), Set.of(), Set.of());

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

  /** How many there are is told by one copy, everything else by another. */
  private static DocumentStore countedBy(DocumentStore counting, DocumentStore others) {
    return new DocumentStore() {
      @Override
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> count = counting.of(kind);
        Documents<T> other = others.of(kind);
        return asDocuments(
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  try {
                    return method.invoke(
                        method.getName().equals("count") ? count : other, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
      }
    };
  }

  private @Nullable String refusal(RecoveryRecords records) {
    Operator bound = new Operator("ben", "Ben", Set.of(Role.SUPPORT), SOME);
    return new OperationStores(records).refusal(operation(), bound).orElse(null);
  }

  private RecoveryOperation operation() {
    RecoveryOperation planned =
        RecoveryOperation.planned(
            "op",
            RecoveryAction.RETRY,
            "anna",
            "Try again",
            NOW,
            new OperationScope(OperationScope.Kind.SELECTION, "3", null, "3 chosen messages"),
            "middleware");
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
    return new DocumentStore() {
      @Override
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> real = documents.of(kind);
        return asDocuments(
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  if (method.getName().equals("countBy")) {
                    return Map.of();
                  }
                  if (arguments.length > 0 && arguments[0] instanceof DocumentQuery query) {
                    arguments[0] = withoutMissing(query);
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                }));
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T> Documents<T> asDocuments(Object proxy) {
    return (Documents<T>) proxy;
  }

  private static DocumentQuery withoutMissing(DocumentQuery query) {
    List<Condition> others =
        query.conditions().stream().filter(c -> !(c instanceof Condition.Missing)).toList();
    return new DocumentQuery(
        others, query.sortBy(), query.descending(), query.size(), query.after());
  }
}
