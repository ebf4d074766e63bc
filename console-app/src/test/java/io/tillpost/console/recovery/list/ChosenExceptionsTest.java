package io.tillpost.console.recovery.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.earlier.Superseding;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Messages;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ticked exceptions, of which there may be 2,000. */
class ChosenExceptionsTest {
  private static final Instant MORNING = Instant.parse("2026-11-23T09:00:00Z");

  private final RecoveryWorld world = new RecoveryWorld();
  private final List<String> requests = new ArrayList<>();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aClickOverAllOfThemIsAFewRequests() {
    MessageId late = world.failed(failing("E-1", 20));
    MessageId early = world.failed(failing("E-2", 10));
    MessageId other = world.failed(failing("E-3", 15));
    world.failed(failing("E-4", 5));
    List<Fingerprint> chosen = new ArrayList<>();
    chosen.add(world.exceptionOf(late));
    IntStream.range(0, 1_996).forEach(i -> chosen.add(new Fingerprint("%016x".formatted(i))));
    chosen.add(world.exceptionOf(other));
    chosen.add(world.exceptionOf(early));

    assertThat(find(choosing(3), new Chosen.OfExceptions(chosen)))
        .isInstanceOfSatisfying(
            ChosenMessages.Found.class,
            found -> {
              assertThat(found.scope().description())
                  .isEqualTo("3 failed messages of 1,999 chosen exceptions");
              assertThat(ids(found.messages())).containsExactly(early, other, late);
            });
    assertThat(requests).hasSizeLessThanOrEqualTo(16);
    assertThat(find(choosing(2), new Chosen.OfExceptions(chosen)))
        .isEqualTo(
            new ChosenMessages.NotNow(
                "The chosen exceptions have more than 2 failed messages; choose fewer"));
    assertThat(requests).as("nothing is read then").doesNotContain("search", "searchAll");
  }

  @Test
  void theListSaysOfWhichExceptionEachMessageIsAndTheOperationOfWhichAnythingGoes() {
    MessageId first = world.failed(failing("E-1", 10));
    MessageId second = world.failed(failing("E-2", 11));
    MessageId third = world.failed(failing("E-2", 12));
    MessageId underWay = world.failed(failing("E-3", 13));
    TestConsole console = world.idleConsole(world.stores.documents());
    RecoveryOperation one =
        RecoveryWorld.accepted(
            console.recovery.planException(world.exceptionOf(underWay), "key-1"));
    RecoveryWorld.accepted(console.control.start(one.id(), "Nobody runs it"));
    List<Fingerprint> all = Stream.of(first, second, underWay).map(world::exceptionOf).toList();

    RecoveryOperation several =
        RecoveryWorld.accepted(console.recovery.plan(new Chosen.OfExceptions(all), "key-2"));

    assertThat(one.summary().exceptions()).as("its scope says it").isEmpty();
    assertThat(world.item(one, underWay).message().share()).isNull();
    assertThat(several.summary().exceptions())
        .as("the most messages first, and none of which all are left out")
        .containsExactly(world.exceptionOf(second).value(), world.exceptionOf(first).value());
    for (MessageId id : List.of(first, second, third, underWay)) {
      assertThat(world.item(several, id).message().share())
          .isEqualTo(several.id() + " " + world.exceptionOf(id));
    }
    assertThat(world.item(several, underWay).state()).isEqualTo(ItemState.SKIPPED);
  }

  @Test
  void whatNobodyWantsAnyMoreIsReadNoFurther() {
    MessageId sale = world.failed(failing("E-1", 10));
    ChosenMessages choosing = choosing(3);
    Chosen chosen = new Chosen.OfException(world.exceptionOf(sale));

    ChosenMessages.Answer answer =
        choosing.find(
            RecoveryAction.DISCARD,
            chosen,
            choosing.expect(RecoveryAction.DISCARD, chosen),
            ListReading.later(Instant.now(), _ -> false));

    assertThat(answer).isEqualTo(new ChosenMessages.Left());
  }

  private static ChosenMessages.Answer find(ChosenMessages choosing, Chosen chosen) {
    return choosing.find(
        RecoveryAction.DISCARD,
        chosen,
        choosing.expect(RecoveryAction.DISCARD, chosen),
        ListReading.atOnce());
  }

  private ChosenMessages choosing(int most) {
    requests.clear();
    Messages messages = world.stores.messages();
    Messages counted =
        (Messages)
            Proxy.newProxyInstance(
                Messages.class.getClassLoader(),
                new Class<?>[] {Messages.class},
                (_, method, arguments) -> {
                  requests.add(method.getName());
                  return method.invoke(messages, arguments);
                });
    return new ChosenMessages(
        new RecoveryRecords(world.stores.documents()),
        counted,
        new Superseding(messages, Set.of()),
        new PlanSize(most, 10, 5));
  }

  private static List<MessageId> ids(ChosenList list) {
    List<MessageId> ids = new ArrayList<>();
    assertThat(list.each(part -> ids.addAll(part.stream().map(Message::id).toList()))).isTrue();
    return ids;
  }

  private static MessageBuilder failing(String code, int second) {
    return Samples.aSale()
        .capturedAt(MORNING.plusSeconds(second))
        .failingWith(Samples.aFailure().code(code).message("Voucher is expired").build());
  }
}
