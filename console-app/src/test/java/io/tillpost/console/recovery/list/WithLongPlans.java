package io.tillpost.console.recovery.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.testing.MutableClock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Five failed sales, where more than two are a long list and four the most that fit on one. */
abstract class WithLongPlans {
  static final PlanSize SIZE = new PlanSize(4, 2, 2);

  final RecoveryWorld world = new RecoveryWorld();
  final Deque<Runnable> background = new ArrayDeque<>();
  final MutableClock clock = MutableClock.at(Instant.now());
  List<MessageId> sales = List.of();
  TestConsole console = world.idleConsole(world.stores.documents());

  @BeforeEach
  void failedSales() {
    sales = Stream.generate(world::aFailedSale).limit(5).toList();
    console = world.idleConsole(world.stores.documents(), SIZE, background::add);
  }

  @AfterEach
  void close() {
    world.close();
  }

  Preparation soFar(RecoveryOperation operation) {
    Preparation preparation = world.now(operation).preparation();
    assertThat(preparation).isNotNull();
    return preparation;
  }

  Fingerprint exception() {
    return world.exceptionOf(sales.getFirst());
  }
}
