package io.tillpost.console.recovery.list;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static io.tillpost.console.recovery.RecoveryWorld.because;
import static io.tillpost.console.recovery.RecoveryWorld.itemsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditTrails;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.UnfinishedPlans;
import io.tillpost.console.recovery.channel.ChannelSecret;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationEvent;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A list that is long is not read while somebody waits, and what is wrong with it is told then. */
class ReadLaterTest {
  private final RecoveryWorld world = new RecoveryWorld();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final MutableClock clock = MutableClock.at(Instant.now());
  private final List<String> requests = new ArrayList<>();

  /** Happens when a list begins to be read. */
  private Runnable meanwhile = () -> {};

  private final TestConsole console = console(4, "middleware");

  @AfterEach
  void close() {
    console.close();
    world.close();
  }

  @Test
  void theClickReadsNoMessageAndTheOperationTellsHowFarItIs() {
    List<MessageId> sales = world.sales(4);
    requests.clear();

    RecoveryOperation planned = plan(sales, "once");

    assertThat(requests).containsOnly("count");
    assertThat(planned.scope().description()).isEqualTo("About 4 failed messages of the exception");
    assertThat(planned.channel()).isEqualTo(RecoveryOperation.NO_CHANNEL);
    assertThat(planned.preparation()).isEqualTo(Preparation.reading(4, 0, clock.instant()));
    meanwhile = () -> clock.advance(Duration.ofSeconds(2));
    background.remove().run();

    RecoveryOperation previewed = world.now(planned);
    assertThat(previewed.state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(previewed.scope().description()).isEqualTo("All 4 failed messages of the exception");
    assertThat(previewed.channel()).isEqualTo("middleware");
    assertThat(previewed.preparation()).isNull();
    assertThat(items(planned)).hasSize(4);
  }

  @Test
  void whatHasFailedSinceTheClickIsNotMeantAndWhatIsThroughByThenIsLeft() {
    List<MessageId> sales = world.sales(3);
    RecoveryOperation planned = plan(sales, null);
    MessageId after = world.failed(Samples.aSale().capturedAt(clock.instant().minusSeconds(1)));
    MessageId late = world.failed(Samples.aSale().capturedAt(clock.instant().minusSeconds(600)));
    world.report(sales.getFirst(), 1, Stage.CONFIRMED);

    background.remove().run();

    assertThat(world.now(planned).scope().description())
        .isEqualTo("All 3 failed messages of the exception");
    assertThat(items(planned))
        .as("one that failed before and is told of later is meant")
        .containsExactlyInAnyOrder(sales.get(1).value(), sales.get(2).value(), late.value())
        .doesNotContain(after.value());
  }

  @Test
  void itBeginsByItselfWhereThatIsAskedFor() {
    List<MessageId> sales = world.sales(3);
    RecoveryOperation planned =
        accepted(
            console.recovery.retryException(world.exceptionOf(sales.getFirst()), because("Again")));
    assertThat(planned.state()).isEqualTo(OperationState.PLANNED);

    background.remove().run();

    assertThat(world.now(planned).state()).isEqualTo(OperationState.RUNNING);
  }

  @Test
  void aWorkflowWithoutAChannelGivesItUp() {
    for (int i = 0; i < 3; i++) {
      world.failed(Samples.aReturn().capturedAt(world.captured));
    }
    MessageId last = world.failed(Samples.aReturn().capturedAt(world.captured));

    assertGivenUp(
        plan(List.of(last), "key"),
        "No recovery channel is configured for the workflow returns (tillpost.channels)");
    assertThat(console.recovery.planException(world.exceptionOf(last), "key"))
        .isEqualTo(
            new OperationAnswer.Refused(
                "The request with this Idempotency-Key was given up (No recovery channel is"
                    + " configured for the workflow returns (tillpost.channels)) and nothing was"
                    + " sent; use another one"));
  }

  @Test
  void severalChannelsGiveItUp() {
    try (TestConsole two = console(4, "middleware", "returns")) {
      MessageId sale = world.sales(2).getFirst();
      MessageId other = world.failed(Samples.aReturn().capturedAt(world.captured));
      Chosen both =
          new Chosen.OfExceptions(List.of(world.exceptionOf(sale), world.exceptionOf(other)));

      RecoveryOperation planned = accepted(two.recovery.plan(both, null));

      assertThat(planned.scope().description())
          .isEqualTo("About 3 failed messages of 2 chosen exceptions");
      assertGivenUp(planned, "These messages go through different recovery channels");
    }
  }

  @Test
  void tooManyGiveItUpThatWereNotTooManyAtTheClick() {
    MessageId sale = world.sales(4).getFirst();
    RecoveryOperation planned =
        accepted(
            console.recovery.plan(new Chosen.OfExceptions(List.of(world.exceptionOf(sale))), null));
    world.aFailedSale();

    assertGivenUp(planned, "The chosen exceptions have more than 4 failed messages; choose fewer");
  }

  @Test
  void tooManyWithTheEarlierOnesGiveItUp() {
    MessageId last = null;
    for (int object = 1; object <= 3; object++) {
      world.failed(
          Samples.aSale()
              .transactionNumber((long) object)
              .capturedAt(world.captured)
              .failingWith(Samples.aFailure().code("E-EARLIER").build()));
      last = world.sale(object, 20);
    }
    Chosen later = new Chosen.OfException(world.exceptionOf(last));

    assertGivenUp(
        accepted(console.recovery.plan(later, EarlierWish.INCLUDE, null)),
        "With the earlier messages (at least 2) these are more than 4; choose fewer");
  }

  @Test
  void theEarlierOnesGoTooWhereThereIsRoom() {
    MessageId earlier =
        world.failed(
            Samples.aSale()
                .transactionNumber(1L)
                .capturedAt(world.captured)
                .failingWith(Samples.aFailure().code("E-EARLIER").build()));
    world.sale(2, 0);
    world.sale(3, 0);
    MessageId last = world.sale(1, 20);
    Chosen later = new Chosen.OfException(world.exceptionOf(last));
    RecoveryOperation planned = accepted(console.recovery.plan(later, EarlierWish.INCLUDE, null));

    background.remove().run();

    assertThat(world.now(planned).state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(world.now(planned).scope().description())
        .isEqualTo("All 3 failed messages of the exception and 1 earlier message");
    assertThat(items(planned)).hasSize(4).contains(earlier.value());
  }

  @Test
  void aFilterSaysAboutHowManyThenHowMany() {
    world.sales(5);
    Chosen filter =
        new Chosen.Matching(
            new ListFilter(null, Set.of("sales-posting"), Set.of(), Set.of(), null, null));
    RecoveryOperation planned = accepted(console.recovery.plan(filter, null));

    assertThat(planned.scope().description())
        .isEqualTo("The oldest 4 of about 5 messages of: workflow sales-posting");
    background.remove().run();
    assertThat(world.now(planned).scope().description())
        .isEqualTo("The oldest 4 of 5 messages of: workflow sales-posting");
  }

  @Test
  void nothingLeftGivesItUp() {
    List<MessageId> sales = world.sales(3);
    RecoveryOperation planned = plan(sales, null);
    sales.forEach(sale -> world.report(sale, 1, Stage.CONFIRMED));

    assertGivenUp(planned, "No message of this exception is failed any more");
  }

  @Test
  void whoCancelsWhileItIsReadIsHeardBeforeAnythingIsFrozen() {
    RecoveryOperation planned = plan(world.sales(4), null);
    meanwhile =
        () -> {
          accepted(console.control.cancel(planned.id(), "The wrong day"));
          clock.advance(Duration.ofSeconds(2));
        };
    requests.clear();

    background.remove().run();

    assertThat(requests).containsExactly("searchAll");
    assertThat(world.now(planned).latest().why()).isEqualTo("The wrong day");
    assertThat(world.now(planned).preparation())
        .isEqualTo(Preparation.reading(4, 0, planned.requestedAt()));
    assertThat(items(planned)).isEmpty();
    assertThat(world.auditTrail())
        .extracting(entry -> entry.action())
        .containsExactlyInAnyOrder(AuditAction.PLAN_OPERATION, AuditAction.CANCEL_OPERATION);
  }

  @Test
  void whoCancelsBeforeItsTurnHasNothingRead() {
    RecoveryOperation planned = plan(world.sales(4), null);
    accepted(console.control.cancel(planned.id(), null));
    requests.clear();

    background.remove().run();

    assertThat(requests).isEmpty();
    assertThat(world.now(planned).state()).isEqualTo(OperationState.ABANDONED);
  }

  @Test
  void theSameKeyIsTheSameOperationAndAnotherRequestIsRefused() {
    List<MessageId> sales = world.sales(4);
    RecoveryOperation planned = plan(sales, "key");

    assertThat(plan(sales, "key").id()).isEqualTo(planned.id());
    assertThat(background).hasSize(1);
    assertThat(
            console.recovery.retryException(
                world.exceptionOf(sales.getFirst()), because("Now").withKey("key")))
        .isInstanceOf(OperationAnswer.Refused.class);
    background.remove().run();
    assertThat(plan(sales, "key").state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(background).isEmpty();
  }

  @Test
  void aConsoleThatDiesBeforeItIsReadLeavesAnOperationThatIsGivenUp() {
    List<MessageId> sales = world.sales(4);
    RecoveryOperation planned = plan(sales, "key");
    UnfinishedPlans unfinished = new UnfinishedPlans(console.records, Duration.ofMinutes(2), clock);

    clock.advance(Duration.ofSeconds(119));
    unfinished.giveUp();
    assertThat(world.now(planned).state()).isEqualTo(OperationState.PLANNED);
    clock.advance(Duration.ofSeconds(2));
    unfinished.giveUp();
    unfinished.cleanUp();

    assertThat(world.now(planned).state()).isEqualTo(OperationState.ABANDONED);
    assertThat(world.now(planned).preparation()).isNull();
    assertThat(console.recovery.planException(world.exceptionOf(sales.getFirst()), "key"))
        .isEqualTo(
            new OperationAnswer.Refused(
                "The request with this Idempotency-Key was given up and nothing was sent; use another one"));
    background.remove().run();
    assertThat(items(planned)).as("written by one that was only slow").isEmpty();
  }

  @Test
  void whatIsGivenUpWhileItIsReadIsNotFrozen() {
    RecoveryOperation planned = plan(world.sales(4), null);
    meanwhile =
        () -> {
          // It stood still for so long that another console gave it up, and does not ask again.
          clock.advance(Duration.ofMillis(999));
          console.records.apply(
              planned.id(),
              new OperationEvent.Interrupted(),
              null,
              "Nobody went on with it",
              clock.instant());
        };

    background.remove().run();

    assertThat(world.now(planned).latest().why()).isEqualTo("Nobody went on with it");
    assertThat(world.now(planned).scope()).isEqualTo(planned.scope());
    assertThat(items(planned)).isEmpty();
  }

  @Test
  void whatCanBeToldAtOnceIsToldInTheClick() {
    List<MessageId> sales = world.sales(4);
    RecoveryOperation planned = plan(sales, null);
    background.remove().run();

    assertThat(console.recovery.planException(new Fingerprint("0123456789abcdef"), null))
        .isInstanceOf(OperationAnswer.NotFound.class);
    assertThat(console.recovery.planRest(planned.id(), null))
        .isEqualTo(new OperationAnswer.Refused("The operation has not come to its end yet"));
    assertThat(console.recovery.planRest("unknown", null))
        .isEqualTo(new OperationAnswer.NotFound("There is no operation unknown"));
    world.aFailedSale();
    assertThat(
            console.recovery.plan(
                new Chosen.OfExceptions(List.of(world.exceptionOf(sales.getFirst()))), null))
        .isEqualTo(
            new OperationAnswer.Refused(
                "The chosen exceptions have more than 4 failed messages; choose fewer"));
    assertThat(background).isEmpty();
  }

  @Test
  void theListOfALongOperationIsReadLaterToo() {
    RecoveryOperation planned = plan(world.sales(4), null);
    background.remove().run();

    RecoveryOperation anew =
        accepted(console.recovery.planAnew(planned.id(), EarlierWish.LEAVE_OUT, null));
    assertThat(anew.state()).isEqualTo(OperationState.PLANNED);
    background.remove().run();

    assertThat(world.now(anew).state()).isEqualTo(OperationState.PREVIEWED);
    assertThat(items(anew)).containsExactlyElementsOf(items(planned));
  }

  private void assertGivenUp(RecoveryOperation planned, String why) {
    assertThat(planned.state()).isEqualTo(OperationState.PLANNED);
    assertThat(background).hasSize(1);

    background.remove().run();

    RecoveryOperation now = world.now(planned);
    assertThat(now.state()).isEqualTo(OperationState.ABANDONED);
    assertThat(now.latest().why()).isEqualTo(why);
    assertThat(now.latest().actor()).isNull();
    assertThat(items(planned)).isEmpty();
    assertThat(world.auditTrail())
        .filteredOn(entry -> "given up".equals(entry.after()))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.actor()).isEqualTo("support");
              assertThat(entry.action()).isEqualTo(AuditAction.PLAN_OPERATION);
              assertThat(entry.subjectId()).isEqualTo(planned.id());
              assertThat(AuditTrails.ending(world.stores.documents(), entry))
                  .isEqualTo("Refused: " + why);
            });
    assertThat(plan(world.sales(4), null).state())
        .as("its room is free again")
        .isEqualTo(OperationState.PLANNED);
  }

  private RecoveryOperation plan(List<MessageId> sales, String key) {
    return accepted(console.recovery.planException(world.exceptionOf(sales.getLast()), key));
  }

  private List<String> items(RecoveryOperation operation) {
    return itemsOf(console.records, operation.id()).stream()
        .map(Versioned::value)
        .map(item -> item.messageId())
        .toList();
  }

  /** One that holds two messages, and has a channel of each name. */
  private TestConsole console(int most, String... channels) {
    List<RecoveryChannel> all = new ArrayList<>();
    for (String name : channels) {
      all.add(
          new RecoveryChannel(
              name,
              world.channel.url(),
              new ChannelSecret(RecoveryWorld.SECRET),
              List.of(name.equals("middleware") ? "sales-posting" : name),
              Duration.ofSeconds(15),
              Duration.ofMinutes(1),
              4,
              null));
    }
    return new TestConsole(
        world.stores.documents(),
        noted(world.stores.messages()),
        world.stores.ingestWriter(),
        new RecoveryChannels(all),
        RecoveryWorld.FAST,
        world.triage,
        List.of(),
        new PlanSize(most, 2, 2),
        background::add,
        clock);
  }

  private Messages noted(Messages messages) {
    return (Messages)
        Proxy.newProxyInstance(
            Messages.class.getClassLoader(),
            new Class<?>[] {Messages.class},
            (_, method, arguments) -> {
              requests.add(method.getName());
              if (method.getName().equals("searchAll")) {
                Runnable now = meanwhile;
                meanwhile = () -> {};
                now.run();
              }
              try {
                return method.invoke(messages, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
