package io.tillpost.console.recovery.earlier;

import static io.tillpost.console.recovery.RecoveryWorld.accepted;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.CountedMessages;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.TestConsole;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.MessageQuery;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Earlier messages about business objects are found without reading many others. */
@Execution(ExecutionMode.CONCURRENT)
class EarlierMessagesTest {
  private static final int ARTICLES = 60;
  private static final int STORES = 20;

  private final Instant captured = Instant.now().minusSeconds(6_000);
  private final RecoveryWorld world = new RecoveryWorld();
  private final CountedMessages messages = new CountedMessages(world.stores.messages());

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void aListOfManyArticlesInManyStoresFindsWhatIsAboutThemAndNothingElse() {
    List<MessageEvent> everything = new ArrayList<>();
    for (int article = 0; article < ARTICLES; article++) {
      for (int store = 0; store < STORES; store++) {
        everything.addAll(price(article, store, 0).throughStage(Stage.FAILED));
      }
    }
    List<MessageId> list = new ArrayList<>();
    for (int article = 0; article < ARTICLES; article++) {
      MessageBuilder later = price(article, article % STORES, 10);
      everything.addAll(later.throughStage(Stage.FAILED));
      list.add(later.messageId());
    }
    world.write(everything);

    RecoveryOperation planned =
        accepted(console(PlanSize.upTo(10_000)).recovery.planMessages(list, null));

    assertThat(earlierOf(planned).earlier()).as("each has its own").isEqualTo(ARTICLES);
    assertThat(messages.hits()).as("found, and kept").isEqualTo(ARTICLES);
    assertThat(messages.requests()).isOne();
  }

  @Test
  void aReceiptWithTheSameNumberOfAnotherDayIsNotRead() {
    List<MessageEvent> everything = new ArrayList<>();
    for (int day = 1; day <= 30; day++) {
      everything.addAll(receipt(Duration.ofDays(day)).throughStage(Stage.FAILED));
    }
    MessageBuilder before = receipt(Duration.ofSeconds(1));
    everything.addAll(before.throughStage(Stage.FAILED));
    world.write(everything);
    MessageId later = world.failed(receipt(Duration.ZERO));

    Map<String, EarlierOnes> found =
        search()
            .of(
                List.of(laterOf(later)),
                _ -> List.of(),
                EarlierMessages.FAILED,
                EarlierOnList.BOUND);

    assertThat(found.values())
        .singleElement()
        .satisfies(
            ones ->
                assertThat(ones.oldest())
                    .extracting(EarlierMessage::id)
                    .containsExactly(before.messageId().value()));
    assertThat(messages.hits()).isOne();
    assertThat(BusinessObject.words("returns|0412|null|02|77").orElseThrow().day())
        .isEqualTo(new MessageQuery.BusinessDay(null));
    assertThat(BusinessObject.words("returns|0412|some day|02|77").orElseThrow().day()).isNull();
  }

  /** One with the same number, captured so long before noon of a day in the past. */
  private static MessageBuilder receipt(Duration before) {
    return Samples.aSale()
        .store("0412")
        .register("02")
        .transactionNumber(4_711L)
        .capturedAt(Instant.parse("2026-11-23T12:00:00Z").minus(before));
  }

  @Test
  void ofAnObjectWithVeryManyEarlierOnesOnlyTheOldestAreRead() {
    List<MessageEvent> everything = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      everything.addAll(price(1, 1, i).throughStage(Stage.FAILED));
    }
    world.write(everything);
    MessageId later = world.failed(price(1, 1, 3_000));

    RecoveryOperation planned =
        accepted(console(PlanSize.upTo(10_000)).recovery.planMessages(List.of(later), null));

    assertThat(earlierOf(planned).messages()).isOne();
    assertThat(messages.hits()).isEqualTo(1_000);
    EarlierOnes kept =
        search()
            .of(
                List.of(laterOf(later)),
                _ -> List.of(),
                EarlierMessages.FAILED,
                EarlierOnList.BOUND)
            .values()
            .iterator()
            .next();
    assertThat(kept.oldest()).hasSize(20).isSortedAccordingTo(EarlierMessage.ORDER);
    assertThat(kept.more()).isEqualTo(80);
  }

  @Test
  void oneThatFailsIsNoticedHoweverManyOthersThereAre() {
    List<MessageEvent> everything = new ArrayList<>();
    List<MessageBuilder> onTheirWay = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      onTheirWay.add(price(1, 1, i));
      everything.addAll(onTheirWay.getLast().throughStage(Stage.QUEUED));
    }
    world.write(everything);
    MessageId later = world.failed(price(1, 1, 200));
    TestConsole console = console(PlanSize.upTo(10_000)).start();
    RecoveryOperation planned = accepted(console.recovery.planMessages(List.of(later), null));
    MessageBuilder last = onTheirWay.getLast();
    world.write(List.of(last.event(Stage.FAILED)));

    accepted(console.control.start(planned.id(), "Now"));

    assertThat(world.awaitState(planned, later, ItemState.SKIPPED).reason())
        .endsWith("that has failed: " + last.messageId());
    console.close();
  }

  @Test
  void ofThoseThatAreNotKnownByNameNoneIsTakenForEarlierByItself() {
    EarlierMessages.Later later = new EarlierMessages.Later("m-3", "w", "o", captured);
    EarlierMessage before = new EarlierMessage("m-1", captured.minusSeconds(1));
    EarlierMessage after = new EarlierMessage("m-5", captured);
    EarlierOnes all = new EarlierOnes(List.of(before), 7);

    assertThat(all.before(later)).isEqualTo(all);
    assertThat(all.with(after, 2).before(later)).isEqualTo(new EarlierOnes(List.of(before), 0));
    assertThat(all.with(after, 1)).isEqualTo(new EarlierOnes(List.of(before), 8));
    assertThat(all.with(before, 1)).isEqualTo(all);
    assertThat(all.without(Set.of("m-1")).before(later)).isEqualTo(EarlierOnes.NONE);
  }

  @Test
  void noSearchHasMoreGroupsOfWordsThanANodeTakes() {
    List<BusinessObject.Words> objects = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      objects.add(new BusinessObject.Words(false, "article-" + i, "place-" + i, null));
      objects.add(new BusinessObject.Words(true, "receipt-" + i, null, null));
    }
    ObjectWords words = ObjectWords.fewest(objects);

    List<List<BusinessObject.Words>> parts = words.parts(objects, object -> object, 1_000, 250);

    assertThat(parts).hasSize(3);
    assertThat(parts).allMatch(part -> words.of(part).size() <= 250);
    assertThat(parts.stream().flatMap(List::stream).toList())
        .containsExactlyInAnyOrderElementsOf(objects);
    assertThat(ObjectWords.fewest(articles(3, 2)).of(articles(3, 2)))
        .as("two places of three articles")
        .hasSize(2);
    assertThat(ObjectWords.fewest(articles(2, 3)).of(articles(2, 3)))
        .as("two articles in three places")
        .hasSize(2)
        .contains(
            new MessageQuery.Words(
                List.of(Set.of("article-0"), Set.of("place-0", "place-1", "place-2"))));
  }

  private static List<BusinessObject.Words> articles(int articles, int places) {
    List<BusinessObject.Words> objects = new ArrayList<>();
    for (int article = 0; article < articles; article++) {
      for (int place = 0; place < places; place++) {
        objects.add(new BusinessObject.Words(false, "article-" + article, "place-" + place, null));
      }
    }
    return objects;
  }

  private EarlierMessages search() {
    return new EarlierMessages(messages, new Superseding(messages, Set.of()));
  }

  private EarlierMessages.Later laterOf(MessageId id) {
    return EarlierMessages.Later.of(messages.find(id).orElseThrow().message()).orElseThrow();
  }

  @Test
  void twoOfAListThatAreFarApartDoNotKeepEachOtherBack() {
    List<MessageEvent> everything = new ArrayList<>();
    MessageBuilder first = price(0, 0, 0);
    everything.addAll(first.throughStage(Stage.FAILED));
    for (int i = 1; i <= 1_100; i++) {
      everything.addAll(price(i, 0, i).throughStage(Stage.FAILED));
    }
    MessageBuilder last = price(0, 0, 2_000);
    everything.addAll(last.throughStage(Stage.FAILED));
    world.write(everything);
    TestConsole held = console(PlanSize.upTo(10_000));
    TestConsole inParts = console(new PlanSize(10_000, 100, 300));

    for (TestConsole console : List.of(held, inParts)) {
      RecoveryOperation planned =
          world.awaitState(
              accepted(console.recovery.planException(world.exceptionOf(first.messageId()), null)),
              OperationState.PREVIEWED);
      assertThat(Objects.requireNonNull(planned.summary()).skipped()).isEmpty();
      assertThat(world.item(planned, last.messageId()).waitsFor())
          .isEqualTo(planned.id() + ":" + first.messageId());
    }
    assertThat(messages.hits()).as("none but those of the list").isZero();
  }

  private TestConsole console(PlanSize size) {
    return new TestConsole(
        world.stores.documents(),
        messages,
        world.stores.ingestWriter(),
        world.channels(),
        RecoveryWorld.FAST,
        world.triage,
        List.of(),
        size,
        Runnable::run,
        Clock.systemUTC());
  }

  private MessageBuilder price(int article, int store, int later) {
    return Samples.aSale()
        .store("%04d".formatted(store))
        .register(null)
        .transactionNumber(null)
        .noKeys()
        .key("sku", "A-%05d".formatted(article))
        .capturedAt(captured.plusSeconds(later));
  }

  private static EarlierFailed earlierOf(RecoveryOperation operation) {
    return Objects.requireNonNull(Objects.requireNonNull(operation.summary()).earlier());
  }
}
