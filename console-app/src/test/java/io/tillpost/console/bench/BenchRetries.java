package io.tillpost.console.bench;

import io.tillpost.failure.FailureClass;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** 100,000 messages that were retried, of the exceptions that there are, in the last 30 days. */
final class BenchRetries {
  private static final int ITEMS = 100_000;
  private static final int PART = 1_000;
  private static final List<FailureClass> CLASSES = List.of(FailureClass.values());

  private final Stores stores;
  private final Instant now;
  private final Random random = new Random(42);

  BenchRetries(Stores stores, Instant now) {
    this.stores = stores;
    this.now = now;
  }

  void write() {
    List<Group> groups = stores.failures().groups(FailureFilter.ALL, 1_000);
    Map<String, RecoveryItem> part = new HashMap<>();
    for (int number = 0; number < groups.size(); number++) {
      Group group = groups.get(number);
      Instant at = now.minus(Duration.ofMinutes(1 + random.nextInt(30 * 24 * 60)));
      String id = "bench-" + number;
      stores.documents().of(RecoveryKinds.OPERATIONS).create(id, operation(id, group, at));
      for (int i = number; i < ITEMS; i += groups.size()) {
        RecoveryItem item = item(id, "retried-" + i, group, at);
        part.put(RecoveryItem.id(id, item.messageId()), item);
        if (part.size() == PART) {
          stores.documents().of(RecoveryKinds.ITEMS).createAll(part);
          part.clear();
        }
      }
    }
    stores.documents().of(RecoveryKinds.ITEMS).createAll(part);
  }

  private static RecoveryOperation operation(String id, Group group, Instant at) {
    String fingerprint = group.fingerprint().value();
    RecoveryOperation operation =
        RecoveryOperation.planned(
            id,
            RecoveryAction.RETRY,
            "support",
            "Measured",
            at,
            new OperationScope(
                OperationScope.Kind.EXCEPTION, fingerprint, fingerprint, "All of it"),
            "middleware");
    for (OperationEvent event :
        List.of(
            new OperationEvent.Frozen(),
            new OperationEvent.Started(false),
            new OperationEvent.Completed())) {
      operation = operation.after(event, null, null, at).orElseThrow();
    }
    return operation;
  }

  private RecoveryItem item(String operation, String message, Group group, Instant at) {
    PlannedMessage planned =
        new PlannedMessage(
            group.workflow(),
            "0412",
            group.target(),
            null,
            null,
            at,
            CLASSES.get(random.nextInt(CLASSES.size())));
    RecoveryItem sent =
        RecoveryItem.planned(operation, message, planned, 0, 2, at)
            .after(
                new ItemEvent.DispatchStarted("bench", at.plusSeconds(9), at.plusSeconds(900), "t"),
                at)
            .orElseThrow();
    return random.nextInt(10) == 0
        ? sent.after(new ItemEvent.AttemptFailed("Again"), at).orElseThrow()
        : sent.after(new ItemEvent.Confirmed(2), at.plusSeconds(random.nextInt(900))).orElseThrow();
  }
}
