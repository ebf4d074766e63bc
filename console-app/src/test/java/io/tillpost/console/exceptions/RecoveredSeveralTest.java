package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.FailureQueries;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a recovery of several exceptions, of any number of them, means for each. */
class RecoveredSeveralTest extends SeveralRecoveredWorld {
  @Test
  void theExceptionsThatTheOperationDoesNotNameRecoverLikeTheOthers() {
    List<Fingerprint> all =
        IntStream.rangeClosed(0, OperationSummary.MOST_EXCEPTIONS)
            .mapToObj(number -> failed("CODE_" + number))
            .toList();
    sweep.sweep();
    RecoveryOperation retry = runs("support", all);
    Fingerprint last =
        all.stream().filter(one -> !retry.exceptions().contains(one.value())).findFirst().get();

    news.started(retry);
    assertThat(statuses(all)).containsEntry(ExceptionStatus.RECOVERING, 200);
    assertThat(records.get(last).status()).isEqualTo(ExceptionStatus.NEW);
    news.takenUp(retry, () -> true);
    assertThat(statuses(all)).containsExactly(Map.entry(ExceptionStatus.RECOVERING, 201));
    assertThat(records.get(last).assignee()).isEqualTo("support");
    assertThat(records.get(last).title()).isEqualTo(inbox.find(last).orElseThrow().title());

    // Sent is not done.
    sent(last);
    clock.advance(Duration.ofMinutes(5));
    sweep.sweep();
    assertThat(statuses(all)).containsExactly(Map.entry(ExceptionStatus.RECOVERING, 201));

    confirmed(last);
    Fingerprint again = all.stream().filter(one -> !one.equals(last)).findFirst().get();
    sent(again);
    failedAgain(again);
    sweep.sweep();
    assertThat(records.get(last).status())
        .as("it is through, though others are not")
        .isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(records.get(again).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(statuses(all)).containsEntry(ExceptionStatus.RECOVERING, 199);

    List<Fingerprint> rest =
        all.stream().filter(one -> !one.equals(last) && !one.equals(again)).toList();
    rest.forEach(this::sent);
    rest.subList(0, 100).forEach(this::confirmed);
    rest.subList(100, 199).forEach(this::failedAgain);
    news.finished(ended(retry));
    assertThat(statuses(all))
        .containsOnly(
            Map.entry(ExceptionStatus.RESOLVED, 101), Map.entry(ExceptionStatus.OPEN, 100));
  }

  @Test
  void theEndThatCouldNotBeToldIsFoundForThemToo() {
    Fingerprint tax = failed("TAX");
    Fingerprint period = failed("PERIOD");
    Fingerprint other = failed("OTHER");
    triage.comment(tax, "Looking");
    triage.assign(period, "oncall", null);
    RecoveryOperation retry = runsUnnamed("support", tax, period);
    news.takenUp(retry, () -> true);
    assertThat(records.get(tax).assignee()).isEqualTo("support");
    assertThat(records.get(period).assignee()).as("who has it keeps it").isEqualTo("oncall");
    assertThat(records.get(other)).as("not on the list").isEqualTo(ExceptionGroup.fresh(other));
    clock.advance(Duration.ofMinutes(1));
    sweep.sweep();
    assertThat(statuses(List.of(tax, period))).containsOnlyKeys(ExceptionStatus.RECOVERING);

    sent(tax);
    confirmed(tax);
    sent(period);
    failedAgain(period);
    var _ = ended(retry);
    sweep.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(records.get(period).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void aConsoleThatTakesItUpAfterARestartTellsTheRestAndNothingTwice() {
    Fingerprint told = failed("TAX");
    Fingerprint through = failed("PERIOD");
    Fingerprint untold = failed("ITEM");
    RecoveryOperation retry = runsUnnamed("support", told, through, untold);
    // The first console dies after it has told two of them.
    List<Set<Fingerprint>> parts = new ArrayList<>();
    exceptions().eachOpen(retry, parts::add);
    assertThat(parts).containsExactly(Set.of(told, through, untold));
    news.takenUp(retry, () -> false);
    assertThat(records.get(told).status()).as("it had lost it").isEqualTo(ExceptionStatus.NEW);
    RecoveryOperation named =
        retryOf(ID, "support", told, through)
            .after(new OperationEvent.Started(false), "support", null, clock.instant())
            .orElseThrow();
    news.started(named);
    triage.assign(told, "oncall", null);
    sent(through);
    confirmed(through);
    clock.advance(Duration.ofMinutes(1));
    sweep.sweep();
    ExceptionGroup before = records.get(told);
    assertThat(before.status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(records.get(through).status()).isEqualTo(ExceptionStatus.RESOLVED);

    news.takenUp(retry, () -> true);

    assertThat(records.get(told)).isEqualTo(before);
    assertThat(records.get(through).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(records.get(untold).status()).isEqualTo(ExceptionStatus.RECOVERING);
    assertThat(records.get(untold).history().getLast().what()).isEqualTo("retried: Again");
  }

  @Test
  void whatComesBackWhileTheSweepLooksIsNotResolved() {
    Fingerprint tax = failed("TAX");
    RecoveryOperation retry = runsUnnamed("support", tax);
    news.takenUp(retry, () -> true);
    sent(tax);
    clock.advance(Duration.ofMinutes(1));
    AtomicBoolean first = new AtomicBoolean(true);
    FailureQueries looking =
        proxy(
            FailureQueries.class,
            stores.failures(),
            (name, answer) -> {
              if (name.equals("failing") && first.getAndSet(false)) {
                failedAgain(tax);
              }
              return answer;
            });
    new ExceptionSweep(
            records,
            looking,
            classifier,
            regrouping,
            mentions,
            new RecoveriesUnderWay(stores.documents(), stores.failures()),
            clock)
        .sweep();
    assertThat(first).isFalse();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void theSecondRetryOfTheSamePersonIsTold() {
    Fingerprint tax = failed("TAX");
    RecoveryOperation first = runsUnnamed("support", tax);
    news.takenUp(first, () -> true);
    sent(tax);
    failedAgain(tax);
    news.finished(ended(first));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    clock.advance(Duration.ofMinutes(1));
    RecoveryOperation second = running("o-2", "support", List.of());
    item("o-2", tax, tax, tax);
    news.takenUp(second, () -> true);

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);
  }

  @Test
  void anOperationFromBeforeItsItemsSaidOfWhichFailureTheyAreIsGoneByWhatItNames() {
    Fingerprint tax = failed("TAX");
    RecoveryOperation retry = running(ID, "support", List.of(tax));
    item(ID, tax, null, null);
    news.started(retry);
    news.takenUp(retry, () -> true);
    assertThat(records.get(tax).history()).hasSize(2);
    sent(tax);
    clock.advance(Duration.ofMinutes(5));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    confirmed(tax);
    news.finished(ended(retry));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
  }

  @Test
  void whatBeganByItselfLeavesTheStatusToPeople() {
    Fingerprint tax = failed("TAX");
    RecoveryOperation retry = runsUnnamed(RecoveryOperation.AUTOMATIC, tax);
    news.started(retry);
    news.takenUp(retry, () -> true);
    news.finished(ended(retry));
    assertThat(records.get(tax)).isEqualTo(ExceptionGroup.fresh(tax));
  }

  /** Thousands are told with a few requests for each thousand, also those not known yet. */
  @Test
  void thousandsOfExceptionsAreAFewRequests() {
    List<Fingerprint> all =
        IntStream.range(0, 2_500).mapToObj(n -> new Fingerprint("%016x".formatted(n))).toList();
    Map<String, RecoveryItem> planned = new HashMap<>();
    for (Fingerprint one : all) {
      String id = RecoveryItem.id(ID, "m-" + one.value());
      planned.put(id, planned(ID, "m-" + one.value(), one, one));
    }
    items.createAll(planned);
    List<String> requests = new ArrayList<>();
    DocumentStore counted = counting(requests);
    RecoveryNews telling =
        new RecoveryNews(
            new TriageRecords(counted, stores.failures()),
            stores.failures(),
            new OperationExceptions(counted, stores.failures()),
            new RecoveriesUnderWay(counted, stores.failures()),
            known,
            clock);
    RecoveryOperation retry = running(ID, "support", List.of());

    telling.takenUp(retry, () -> true);
    assertThat(requests).as("of those not known yet").hasSizeLessThan(20);
    assertThat(statuses(all)).containsExactly(Map.entry(ExceptionStatus.RECOVERING, 2_500));
    requests.clear();
    telling.takenUp(retry, () -> true);
    assertThat(requests).as("nothing new").hasSizeLessThan(20);
    requests.clear();
    telling.finished(ended(retry));
    assertThat(requests).as("the end").hasSizeLessThan(25);
    assertThat(statuses(all)).containsExactly(Map.entry(ExceptionStatus.RESOLVED, 2_500));
  }

  private DocumentStore counting(List<String> requests) {
    return proxy(
        DocumentStore.class,
        stores.documents(),
        (name, answer) ->
            proxy(
                Documents.class,
                answer,
                (called, result) -> {
                  requests.add(called);
                  return result;
                }));
  }

  private interface Seen {
    Object of(String method, Object answer);
  }

  private static <T> T proxy(Class<T> type, Object real, Seen seen) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return seen.of(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private OperationExceptions exceptions() {
    return new OperationExceptions(stores.documents(), stores.failures());
  }
}
