package io.tillpost.console.recovery.run;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.recovery.ItemAudit;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.automatic.AutomaticAttempts;
import io.tillpost.console.recovery.automatic.AutomaticGuard;
import io.tillpost.console.recovery.automatic.AutomaticRules;
import io.tillpost.console.recovery.channel.BackOff;
import io.tillpost.console.recovery.channel.ChannelClient;
import io.tillpost.console.recovery.channel.ChannelGate;
import io.tillpost.console.recovery.channel.LookUps;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.earlier.EarlierOnes;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Dispatchers that all believe to have the operation: the lease does not help here. */
class RaceTest {
  private static final int DISPATCHERS = 6;

  private final RecoveryWorld world = new RecoveryWorld();
  private final BackOff backOff = new BackOff(Duration.ofMillis(1), Duration.ofMillis(5));

  @AfterEach
  void close() {
    world.close();
  }

  @RepeatedTest(20)
  void ofManyDispatchersOneSends() throws Exception {
    MessageId sale = world.aFailedSale();
    TestConsole idle = world.idleConsole(world.stores.documents());
    RecoveryOperation operation = accepted(idle.recovery.retryMessage(sale, because("Try again")));

    race(operation, sale);

    assertThat(world.channel.keys()).containsExactly(sale + ":2");
    assertThat(world.item(operation, sale).state()).isEqualTo(ItemState.SENT);
  }

  @RepeatedTest(20)
  void ofTwoOperationsOverOneMessageOneSends() throws Exception {
    MessageId sale = world.aFailedSale();
    TestConsole idle = world.idleConsole(world.stores.documents());
    RecoveryOperation one = accepted(idle.recovery.retryMessage(sale, because("Try again")));
    RecoveryOperation two = accepted(idle.recovery.retryMessage(sale, because("Try again")));

    race(List.of(one, two), sale);

    assertThat(world.channel.keys()).containsExactly(sale + ":2");
    assertThat(List.of(world.item(one, sale).state(), world.item(two, sale).state()))
        .containsExactlyInAnyOrder(ItemState.SENT, ItemState.SKIPPED);
  }

  private void race(RecoveryOperation operation, MessageId sale) throws Exception {
    race(List.of(operation), sale);
  }

  private void race(List<RecoveryOperation> operations, MessageId sale) throws Exception {
    CyclicBarrier start = new CyclicBarrier(DISPATCHERS);
    RecoveryChannel channel = world.channels().all().getFirst();
    try (ChannelClient client = new ChannelClient(Clock.systemUTC());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> ends = new ArrayList<>();
      for (int i = 0; i < DISPATCHERS; i++) {
        RecoveryOperation operation = operations.get(i % operations.size());
        String name = "console-" + i;
        ends.add(
            threads.submit(
                () -> {
                  RecoveryRecords records = new RecoveryRecords(world.stores.documents());
                  Versioned<RecoveryItem> item =
                      records
                          .items()
                          .get(RecoveryItem.id(operation.id(), sale.value()))
                          .orElseThrow();
                  ItemDispatch dispatch =
                      new ItemDispatch(
                          records,
                          world.stores.messages(),
                          new Superseding(world.stores.messages(), Set.of()),
                          new ObjectOrder(records, Clock.systemUTC()),
                          new AutomaticGuard(
                              new AutomaticRules(Map.of()),
                              world.triage,
                              new AutomaticAttempts(records)),
                          new LookUps(client, world.channels()),
                          client,
                          new ItemAudit(
                              new AuditLog(
                                  world.stores.documents(), Optional::empty, Clock.systemUTC())),
                          OpenTelemetry.noop(),
                          backOff,
                          Clock.systemUTC(),
                          name);
                  start.await();
                  return dispatch.dispatch(
                      operation,
                      new Lane(
                          channel,
                          new ChannelGate(4, backOff),
                          new RunHealth(
                              operation.id(), new TargetHealth(RecoveryWorld.FAST.start()))),
                      item,
                      EarlierOnes.NONE);
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    }
  }
}
