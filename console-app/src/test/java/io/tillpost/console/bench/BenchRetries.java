package io.tillpost.console.bench;

import io.tillpost.failure.FailureClass;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * 100,000 messages that were retried in the last 30 days, of the exceptions that there are: of
 * every second one in an operation of its own, of the others in operations over many of them.
 */
final class BenchRetries {
  private static final int ITEMS = 100_000;
  private static final int PART = 1_000;

  /** So many exceptions are in one operation over several. */
  private static final int TOGETHER = 100;

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
    List<Group> together = new ArrayList<>();
    int each = Math.max(1, ITEMS / Math.max(1, groups.size()));
    for (int number = 0; number < groups.size(); number++) {
      if (number % 2 == 0) {
        write("bench-" + number, List.of(groups.get(number)), each);
      } else {
        together.add(groups.get(number));
      }
    }
    for (int from = 0; from < together.size(); from += TOGETHER) {
      int to = Math.min(together.size(), from + TOGETHER);
      write("bench-together-" + from, together.subList(from, to), each);
    }
  }

  /** One operation with so many messages of each of these exceptions. */
  private void write(String id, List<Group> groups, int each) {
    Instant at = now.minus(Duration.ofMinutes(1 + random.nextInt(30 * 24 * 60)));
    stores.documents().of(RecoveryKinds.OPERATIONS).create(id, operation(id, groups, at));
    Map<String, RecoveryItem> part = new HashMap<>();
    for (Group group : groups) {
      String share =
          groups.size() == 1 ? null : PlannedMessage.share(id, group.fingerprint().value());
      for (int i = 0; i < each; i++) {
        RecoveryItem item = item(id, group.fingerprint() + "-" + i, group, share, at);
        part.put(RecoveryItem.id(id, item.messageId()), item);
        if (part.size() == PART) {
          stores.documents().of(RecoveryKinds.ITEMS).createAll(part);
          part.clear();
        }
      }
    }
    stores.documents().of(RecoveryKinds.ITEMS).createAll(part);
  }

  private static RecoveryOperation operation(String id, List<Group> groups, Instant at) {
    List<String> exceptions = groups.stream().map(one -> one.fingerprint().value()).toList();
    boolean single = exceptions.size() == 1;
    RecoveryOperation frozen =
        RecoveryOperation.planned(
                id,
                RecoveryAction.RETRY,
                "support",
                "Measured",
                at,
                single
                    ? new OperationScope(
                        OperationScope.Kind.EXCEPTION,
                        exceptions.getFirst(),
                        exceptions.getFirst(),
                        "All of it")
                    : new OperationScope(OperationScope.Kind.FILTER, "bench", null, "Many"),
                "middleware")
            .frozen(summary(single ? List.of() : exceptions), at)
            .orElseThrow();
    return frozen
        .after(new OperationEvent.Started(false), null, null, at)
        .flatMap(running -> running.after(new OperationEvent.Completed(), null, null, at))
        .orElseThrow();
  }

  private static OperationSummary summary(List<String> exceptions) {
    return new OperationSummary(
        0,
        0,
        0,
        0,
        MoneySum.NONE,
        new TreeMap<>(),
        new TreeMap<>(),
        "-",
        null,
        null,
        null,
        List.of(),
        exceptions);
  }

  private RecoveryItem item(
      String operation, String message, Group group, @Nullable String share, Instant at) {
    PlannedMessage planned =
        new PlannedMessage(
            group.workflow(),
            "0412",
            group.target(),
            null,
            null,
            at,
            CLASSES.get(random.nextInt(CLASSES.size())),
            share,
            group.fingerprint().value());
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
