package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.exceptions.LastRecovery.Result;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.failure.Fingerprint;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the list says of the last recovery of each exception. */
class LastRecoveriesTest extends TriageWorld {
  private final Documents<RecoveryOperation> operations =
      stores.documents().of(RecoveryKinds.OPERATIONS);
  private final Documents<RecoveryItem> items = stores.documents().of(RecoveryKinds.ITEMS);

  @Test
  void whatBecameOfTheMessagesIsSaidInWords() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    assertThat(last(tax)).isNull();
    assertThat(result(tax)).isEqualTo(Result.NONE);

    RecoveryOperation retry = started(retry("o-1", tax, "support"));
    confirmed("o-1", "m-1", "0001");
    planned("o-1", "m-2", "0002");
    planned("o-1", "m-3", "0002");
    assertThat(words(tax)).isEqualTo("Retry by support, 11:15 Z: running: 1 of 3");
    assertThat(result(tax)).isEqualTo(Result.RUNNING);
    assertThat(inbox.find(tax).orElseThrow().lastRecovery()).contains(last(tax));

    become("o-1", "m-2", new ItemEvent.DeadlinePassed());
    confirm("o-1", "m-3");
    become(retry, new OperationEvent.Completed());
    assertThat(words(tax)).isEqualTo("Retry by support, 11:15 Z: 2 of 3 confirmed, 1 unconfirmed");
    assertThat(result(tax)).isEqualTo(Result.LEFT_A_REST);

    // Confirmed late: a number is never kept.
    become("o-1", "m-2", new ItemEvent.Confirmed(2));
    assertThat(words(tax)).isEqualTo("Retry by support, 11:15 Z: 3 of 3 confirmed");
    assertThat(result(tax)).isEqualTo(Result.ALL_DONE);

    clock.advance(Duration.ofDays(1));
    assertThat(words(tax)).startsWith("Retry by support, %s 11:15 Z: 3 of".formatted(yesterday()));
  }

  @Test
  void onlyTheLatestThatBeganCounts() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    become(started(retry("o-1", tax, "support")), new OperationEvent.Completed());
    confirmed("o-1", "m-1", "0001");
    clock.advance(Duration.ofMinutes(5));
    RecoveryOperation declined = retry("o-2", tax, "oncall");
    create(told(declined, new OperationEvent.Frozen()));
    assertThat(words(tax)).startsWith("Retry by support").contains("1 of 1");

    become(told(declined, new OperationEvent.Frozen()), new OperationEvent.CancelAsked());
    become(operations.get("o-2").orElseThrow().value(), new OperationEvent.Completed());
    assertThat(words(tax)).as("cancelled before it began").startsWith("Retry by support");

    clock.advance(Duration.ofMinutes(5));
    RecoveryOperation discard =
        RecoveryOperation.planned(
            "o-3",
            RecoveryAction.DISCARD,
            "ada",
            "Booked",
            clock.instant(),
            retry("o-3", tax, "ada").scope(),
            RecoveryOperation.NO_CHANNEL);
    become(
        become(started(discard), new OperationEvent.CancelAsked()), new OperationEvent.Completed());
    planned("o-3", "m-1", "0001");
    become("o-3", "m-1", new ItemEvent.RecordStarted());
    become("o-3", "m-1", new ItemEvent.Discarded());
    planned("o-3", "m-2", "0001");
    become("o-3", "m-2", new ItemEvent.Cancelled("ada"));
    assertThat(words(tax))
        .isEqualTo("Discard by ada, 11:25 Z: cancelled: 1 of 2 discarded, 1 left out");
  }

  @Test
  void whatWasMergedIntoItCountsToo() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Fingerprint tender = fail("TENDER_REFUSED", sale("0001"));
    become(
        started(retry("o-1", tender, RecoveryOperation.AUTOMATIC)), new OperationEvent.Completed());
    confirmed("o-1", "m-1", "0001");
    merging.merge(tax, Set.of(tender), "One");

    assertThat(words(tax)).isEqualTo("Automatic retry, 11:15 Z: 1 of 1 confirmed");
    clock.advance(Duration.ofMinutes(5));
    started(retry("o-2", tax, "support"));
    assertThat(words(tax)).as("the later one of the two").startsWith("Retry by support");
    clock.advance(Duration.ofMinutes(5));
    started(retry("o-3", tender, "oncall"));
    assertThat(words(tax)).as("the later one of the two").startsWith("Retry by oncall");
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "CONFIRMED",
        "ALREADY_DONE",
        "DISCARDED",
        "RESTORED",
        "FAILED",
        "UNCONFIRMED",
        "REFUSED",
        "REJECTED",
        "SKIPPED"
      })
  void atItsEndAllIsDoneThatTheTargetHasOrThatIsWrittenDown(ItemState end) {
    Set<ItemState> done =
        EnumSet.of(
            ItemState.CONFIRMED, ItemState.ALREADY_DONE, ItemState.DISCARDED, ItemState.RESTORED);
    LastRecovery recovery =
        new LastRecovery(
            "o-1",
            RecoveryAction.RETRY,
            "support",
            clock.instant(),
            OperationState.FINISHED,
            Map.of(end, 2L),
            false,
            false);

    assertThat(recovery.messages()).isEqualTo(2);
    assertThat(recovery.done()).isEqualTo(done.contains(end) ? 2 : 0);
    assertThat(recovery.result())
        .isEqualTo(done.contains(end) ? Result.ALL_DONE : Result.LEFT_A_REST);
  }

  @Test
  void whoIsBoundToStoresIsToldOfTheseOnly() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Fingerprint map = fail("MAPPING", sale("0001"));
    become(started(retry("o-1", tax, "oncall")), new OperationEvent.Completed());
    confirmed("o-1", "m-1", "0001");
    confirmed("o-1", "m-2", "0002");
    planned("o-1", "m-3", "0002");
    become("o-1", "m-3", new ItemEvent.Skipped("Confirmed already"));
    started(retry("o-2", map, "oncall"));
    planned("o-2", "m-4", "0002");
    assertThat(words(tax)).endsWith("2 of 3 confirmed, 1 left out");

    TestLogin.as("ben", Role.SUPPORT, TestLogin.only("0001"));
    assertThat(words(tax)).isEqualTo("Retry by oncall, 11:15 Z: of your stores 1 of 1 confirmed");
    assertThat(result(tax)).isEqualTo(Result.ALL_DONE);
    assertThat(words(map)).isEqualTo("Retry by oncall, 11:15 Z: no message of your stores");
    assertThat(result(map)).isEqualTo(Result.NONE);
    TestLogin.as("ada", Role.SUPPORT, TestLogin.only("0002"));
    assertThat(words(map)).endsWith("running: of your stores 0 of 1");
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    assertThat(words(tax)).endsWith("2 of 3 confirmed, 1 left out");
  }

  @Test
  void theListIsFilteredByItAndTellsItInTheFile() throws IOException {
    Fingerprint tax = fail("TAX", sale("0001"), sale("0002"));
    Fingerprint map = fail("MAPPING", sale("0001"));
    fail("NONE", sale("0001"));
    become(started(retry("o-1", tax, "support")), new OperationEvent.Completed());
    confirmed("o-1", "m-1", "0001");
    started(retry("o-2", map, "support"));

    assertThat(codes(by(Result.ALL_DONE))).containsExactly("TAX");
    assertThat(codes(by(Result.RUNNING, Result.ALL_DONE))).containsExactly("TAX", "MAPPING");
    assertThat(codes(by(Result.LEFT_A_REST))).isEmpty();
    assertThat(codes(by(Result.NONE))).containsExactly("NONE");

    StringBuilder csv = new StringBuilder();
    ExceptionTable.csv(inbox.list(ExceptionFilter.ALL), csv);
    assertThat(csv.toString().lines())
        .anySatisfy(
            line ->
                assertThat(line).endsWith(",\"Recovery messages\",\"Recovery done\",\"Operation\""))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"all done\",\"RETRY\",\"2026-11-23T11:15:00Z\",\"support\",\"1\",\"1\",\"o-1\""))
        .anySatisfy(line -> assertThat(line).contains("\"none\","));
  }

  @Test
  void allRowsAreAskedForAtOnceAndNotAgainWithinASecond() {
    List<Fingerprint> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      Fingerprint one = fail("CODE_" + i, sale("0001"));
      all.add(one);
      started(retry("o-" + i, one, "support"));
      planned("o-" + i, "m-" + i, "0001");
    }
    List<String> asked = new ArrayList<>();
    LastRecoveries recoveries =
        new LastRecoveries(
            noting(stores.documents(), asked), stores.failures(), new CurrentOperator(), clock);

    assertThat(recoveries.of(all)).hasSize(30);
    assertThat(recoveries.of(all.subList(3, 9))).hasSize(6);
    assertThat(asked).containsExactly("firstOf", "firstOf", "countBy");
    clock.advance(Duration.ofSeconds(1));
    assertThat(recoveries.of(all)).hasSize(30);
    assertThat(asked).hasSize(6);
    for (int i = 0; i < 30; i += 2) {
      started(retryOf("p-" + i, "ada", all.get(i), all.get(i + 1)));
    }
    asked.clear();
    clock.advance(Duration.ofSeconds(1));
    assertThat(recoveries.of(all)).allSatisfy((_, last) -> assertThat(last.by()).isEqualTo("ada"));
    assertThat(asked).as("of parts alone").containsExactly("firstOf", "firstOf", "countBy");
  }

  @Test
  void anOperationOverSeveralExceptionsCountsWithEachOfThemWithItsOwnMessages() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Fingerprint map = fail("MAPPING", sale("0001"));
    Fingerprint time = fail("TIMEOUT", sale("0001"));
    started(retryOf("o-1", "ada"));
    assertThat(last(tax)).as("its list says of none what they are").isNull();
    RecoveryOperation both = started(retryOf("o-2", "support", tax, map));
    planned("o-2", "m-1", "0001", tax);
    planned("o-2", "m-2", "0002", tax);
    planned("o-2", "m-3", "0002", map);
    confirm("o-2", "m-1");

    assertThat(words(tax))
        .isEqualTo("Retry by support, 11:15 Z: running: of this exception 1 of 2");
    become("o-2", "m-2", new ItemEvent.DeadlinePassed());
    confirm("o-2", "m-3");
    become(both, new OperationEvent.Completed());
    assertThat(words(tax))
        .isEqualTo("Retry by support, 11:15 Z: of this exception 1 of 2 confirmed, 1 unconfirmed");
    assertThat(result(tax)).isEqualTo(Result.LEFT_A_REST);
    assertThat(words(map))
        .isEqualTo("Retry by support, 11:15 Z: of this exception 1 of 1 confirmed");
    assertThat(result(map)).isEqualTo(Result.ALL_DONE);
    assertThat(last(time)).isNull();

    TestLogin.as("ben", Role.SUPPORT, TestLogin.only("0001"));
    assertThat(words(tax)).endsWith(": of this exception in your stores 1 of 1 confirmed");
    assertThat(result(tax)).isEqualTo(Result.ALL_DONE);
    assertThat(words(map)).endsWith(": no message of your stores");
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);

    clock.advance(Duration.ofMinutes(5));
    started(retry("o-3", map, "oncall"));
    assertThat(words(map)).as("the later one").startsWith("Retry by oncall");
    assertThat(words(tax)).startsWith("Retry by support");
    clock.advance(Duration.ofMinutes(5));
    started(retryOf("o-4", "ada", time, map));
    assertThat(words(map)).as("the later one").startsWith("Retry by ada");
    merging.merge(time, Set.of(tax), "One");
    planned("o-4", "m-4", "0001", tax);
    planned("o-4", "m-5", "0001", time);
    assertThat(words(time)).endsWith("running: of this exception 0 of 2");
  }

  private static DocumentStore noting(DocumentStore documents, List<String> asked) {
    return new DocumentStore() {
      @Override
      @SuppressWarnings("unchecked")
      public <T> Documents<T> of(DocumentKind<T> kind) {
        Documents<T> of = documents.of(kind);
        return (Documents<T>)
            Proxy.newProxyInstance(
                Documents.class.getClassLoader(),
                new Class<?>[] {Documents.class},
                (_, method, arguments) -> {
                  asked.add(method.getName());
                  try {
                    return method.invoke(of, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
      }
    };
  }

  private static ExceptionFilter by(Result... any) {
    return ExceptionFilter.ALL.with(f -> f.recoveries(Set.of(any)));
  }

  private LastRecovery last(Fingerprint exception) {
    clock.advance(Duration.ofSeconds(1));
    return inbox.list(ExceptionFilter.ALL).stream()
        .filter(one -> one.fingerprint().equals(exception))
        .findFirst()
        .orElseThrow()
        .lastRecovery();
  }

  private Result result(Fingerprint exception) {
    return inbox.list(ExceptionFilter.ALL).stream()
        .filter(one -> one.fingerprint().equals(exception))
        .findFirst()
        .orElseThrow()
        .recoveryResult();
  }

  private String words(Fingerprint exception) {
    return last(exception).words(ZoneOffset.UTC, clock.instant());
  }

  private String yesterday() {
    return clock
        .instant()
        .minus(Duration.ofDays(1))
        .atZone(ZoneOffset.UTC)
        .toLocalDate()
        .toString();
  }

  private RecoveryOperation retry(String id, Fingerprint exception, String by) {
    return RecoveryOperation.planned(
        id,
        RecoveryAction.RETRY,
        by,
        "Again",
        clock.instant(),
        new OperationScope(
            OperationScope.Kind.EXCEPTION, exception.value(), exception.value(), "All"),
        "middleware");
  }

  private RecoveryOperation started(RecoveryOperation planned) {
    RecoveryOperation frozen =
        planned.state() == OperationState.PLANNED
            ? told(planned, new OperationEvent.Frozen())
            : planned;
    return create(told(frozen, new OperationEvent.Started(false)));
  }

  private RecoveryOperation create(RecoveryOperation operation) {
    operations.create(operation.id(), operation);
    return operation;
  }

  private RecoveryOperation become(RecoveryOperation operation, OperationEvent event) {
    RecoveryOperation next = told(operation, event);
    operations.replace(operations.get(operation.id()).orElseThrow(), next);
    return next;
  }

  private RecoveryOperation told(RecoveryOperation operation, OperationEvent event) {
    return operation.after(event, null, null, clock.instant()).orElseThrow();
  }

  private void confirmed(String operation, String message, String store) {
    planned(operation, message, store);
    confirm(operation, message);
  }

  private void confirm(String operation, String message) {
    become(operation, message, new ItemEvent.Confirmed(2));
  }

  private void planned(String operation, String message, String store) {
    planned(operation, message, store, (String) null);
  }

  private void planned(String operation, String message, String store, Fingerprint exception) {
    planned(operation, message, store, PlannedMessage.share(operation, exception.value()));
  }

  private void planned(String operation, String message, String store, String share) {
    RecoveryItem item =
        RecoveryItem.planned(
            operation,
            message,
            new PlannedMessage(
                "sales-posting", store, "erp", null, null, clock.instant(), null, share, null),
            0,
            2,
            clock.instant());
    items.create(RecoveryItem.id(operation, message), item);
  }

  private void become(String operation, String message, ItemEvent event) {
    Documents.Versioned<RecoveryItem> known =
        items.get(RecoveryItem.id(operation, message)).orElseThrow();
    RecoveryItem sent = known.value();
    boolean records = event instanceof ItemEvent.RecordStarted;
    if (sent.state().name().equals("PLANNED") && !records && !leavesOut(event)) {
      sent =
          sent.after(
                  new ItemEvent.DispatchStarted(
                      "me", clock.instant(), clock.instant().plusSeconds(60), "t"),
                  clock.instant())
              .orElseThrow();
    }
    items.replace(known, sent.after(event, clock.instant()).orElseThrow());
  }

  private static boolean leavesOut(ItemEvent event) {
    return event instanceof ItemEvent.Skipped || event instanceof ItemEvent.Cancelled;
  }
}
