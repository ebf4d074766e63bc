package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.testing.MessageBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Recoveries of several exceptions as their operations and items tell of them; nothing runs. */
abstract class SeveralRecoveredWorld extends TriageWorld {
  static final String ID = "o-1";

  final Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
  final Documents<RecoveryItem> items = stores.documents().of(RecoveryKinds.ITEMS);
  final Map<Fingerprint, MessageBuilder> messages = new LinkedHashMap<>();

  final Fingerprint failed(String code) {
    MessageBuilder sale = sale("0001");
    Fingerprint exception = fail(code, sale);
    messages.put(exception, sale);
    return exception;
  }

  /** A retry of these that runs, with an item for each; it names as many as it may. */
  final RecoveryOperation runs(String by, List<Fingerprint> all) {
    RecoveryOperation retry = running(ID, by, all);
    all.forEach(one -> item(ID, one, one, one));
    return retry;
  }

  /** As if there were too many others for it to name these. */
  final RecoveryOperation runsUnnamed(String by, Fingerprint... all) {
    RecoveryOperation retry = running(ID, by, List.of());
    List.of(all).forEach(one -> item(ID, one, one, one));
    return retry;
  }

  final RecoveryOperation running(String id, String by, List<Fingerprint> named) {
    RecoveryOperation retry =
        retryOf(id, by, named.toArray(Fingerprint[]::new))
            .after(new OperationEvent.Started(false), by, null, clock.instant())
            .orElseThrow();
    assertThat(operations.create(id, retry)).isTrue();
    return retry;
  }

  final RecoveryOperation ended(RecoveryOperation retry) {
    RecoveryOperation ended =
        retry.after(new OperationEvent.Completed(), null, null, clock.instant()).orElseThrow();
    operations.put(retry.id(), ended);
    return ended;
  }

  final void item(
      String operation,
      Fingerprint message,
      @Nullable Fingerprint exception,
      @Nullable Fingerprint failure) {
    String id = messages.get(message).messageId().value();
    items.create(RecoveryItem.id(operation, id), planned(operation, id, exception, failure));
  }

  final RecoveryItem planned(
      String operation,
      String message,
      @Nullable Fingerprint exception,
      @Nullable Fingerprint failure) {
    return RecoveryItem.planned(
        operation,
        message,
        new PlannedMessage(
            "sales-posting",
            "0001",
            "erp",
            null,
            null,
            clock.instant(),
            null,
            exception == null ? null : PlannedMessage.share(operation, exception.value()),
            failure == null ? null : failure.value()),
        0,
        2,
        clock.instant());
  }

  final void sent(Fingerprint exception) {
    MessageBuilder message = messages.get(exception);
    become(message, new ItemEvent.DispatchStarted("me", clock.instant(), clock.instant(), "t"));
    become(message, new ItemEvent.Taken(clock.instant()));
    write(message.attempt(2, clock.instant()).throughStage(Stage.SUBMITTED));
  }

  final void confirmed(Fingerprint exception) {
    MessageBuilder message = messages.get(exception);
    write(message.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    become(message, new ItemEvent.Confirmed(2));
  }

  final void failedAgain(Fingerprint exception) {
    MessageBuilder message = messages.get(exception);
    write(message.attempt(2, clock.instant()).throughStage(Stage.FAILED));
    become(message, new ItemEvent.AttemptFailed("Again"));
  }

  private void become(MessageBuilder message, ItemEvent event) {
    String id = RecoveryItem.id(ID, message.messageId().value());
    Versioned<RecoveryItem> known = items.get(id).orElseThrow();
    assertThat(items.replace(known, known.value().after(event, clock.instant()).orElseThrow()))
        .isTrue();
  }

  final Map<ExceptionStatus, Integer> statuses(List<Fingerprint> exceptions) {
    Map<ExceptionStatus, Integer> counts = new HashMap<>();
    records.all(exceptions).values().forEach(one -> counts.merge(one.status(), 1, Integer::sum));
    return counts;
  }
}
