package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.context.SecurityContextHolder;

/** The last recovery of each exception, as Elasticsearch finds and counts it. */
class LastRecoveriesIT {
  private static final Fingerprint TAX = new Fingerprint("a".repeat(16));
  private static final Fingerprint MAP = new Fingerprint("b".repeat(16));

  private final String prefix = EmbeddedElasticsearchNode.newPrefix();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final Stores stores = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build();

  @AfterEach
  void drop() {
    SecurityContextHolder.clearContext();
    EmbeddedElasticsearchNode.drop(prefix);
  }

  @Test
  void ofAnOperationOverSeveralEachHasItsOwnMessages() {
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    operation("o-1", TAX.value());
    item("o-1", "m-1", null);
    clock.advance(Duration.ofMinutes(1));
    List<Fingerprint> others =
        IntStream.range(0, 150).mapToObj(i -> new Fingerprint("%016x".formatted(i))).toList();
    operation(
        "o-2", null, Stream.concat(Stream.of(MAP), others.stream()).toArray(Fingerprint[]::new));
    item("o-2", "m-2", MAP);
    item("o-2", "m-3", MAP);
    item("o-2", "m-4", others.getLast());
    EmbeddedElasticsearchNode.send("POST", "/_refresh", "");

    Map<Fingerprint, LastRecovery> last =
        new LastRecoveries(stores.documents(), stores.failures(), new CurrentOperator(), clock)
            .of(List.of(TAX, MAP, others.getLast(), new Fingerprint("c".repeat(16))));

    assertThat(last).containsOnlyKeys(TAX, MAP, others.getLast());
    assertThat(last.get(TAX).operationId()).isEqualTo("o-1");
    assertThat(last.get(TAX).ofThisOnly()).isFalse();
    assertThat(last.get(TAX).counts()).isEqualTo(Map.of(ItemState.PLANNED, 1L));
    assertThat(last.get(MAP).operationId()).isEqualTo("o-2");
    assertThat(last.get(MAP).ofThisOnly()).isTrue();
    assertThat(last.get(MAP).counts()).isEqualTo(Map.of(ItemState.PLANNED, 2L));
    assertThat(last.get(others.getLast()).counts()).isEqualTo(Map.of(ItemState.PLANNED, 1L));
  }

  private void operation(String id, @Nullable String fingerprint, Fingerprint... exceptions) {
    OperationSummary summary =
        OperationSummary.of(9, 9, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "hash")
            .withExceptions(
                Stream.of(exceptions).collect(Collectors.toMap(Fingerprint::value, _ -> 1)));
    RecoveryOperation operation =
        RecoveryOperation.planned(
                id,
                RecoveryAction.RETRY,
                "support",
                "Again",
                clock.instant(),
                new OperationScope(OperationScope.Kind.SELECTION, "2", fingerprint, "Chosen"),
                "middleware")
            .frozen(summary, clock.instant())
            .flatMap(
                frozen ->
                    frozen.after(new OperationEvent.Started(false), null, null, clock.instant()))
            .orElseThrow();
    stores.documents().of(RecoveryKinds.OPERATIONS).create(id, operation);
  }

  private void item(String operation, String message, @Nullable Fingerprint exception) {
    PlannedMessage planned =
        new PlannedMessage(
            "sales-posting",
            "0412",
            "erp",
            null,
            null,
            clock.instant(),
            null,
            exception == null ? null : PlannedMessage.share(operation, exception.value()),
            null);
    stores
        .documents()
        .of(RecoveryKinds.ITEMS)
        .create(
            RecoveryItem.id(operation, message),
            RecoveryItem.planned(operation, message, planned, 0, 2, clock.instant()));
  }
}
