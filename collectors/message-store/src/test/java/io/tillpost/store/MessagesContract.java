package io.tillpost.store;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aStockUpdate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.store.Messages.PayloadVersion;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

abstract class MessagesContract extends StoreContract {
  @Test
  void aMessageThatWasNeverWrittenIsNotFound() {
    assertThat(stores.messages().find(new MessageId("nobody"))).isEmpty();
    assertThat(stores.messages().events(new MessageId("nobody"))).isEmpty();
    assertThat(stores.messages().payloads(new MessageId("nobody"))).isEmpty();
    assertThat(stores.messages().search(MessageQuery.ALL))
        .isEqualTo(new Page<>(List.of(), 0, null));
    assertThat(stores.messages().count(MessageQuery.ALL)).isZero();
  }

  @Test
  void aMessageComesBackExactlyAsItsEventsSaid() {
    MessageBuilder sale =
        aSale()
            .capturedAt(MORNING.plusNanos(123_456_789))
            .key("sku", "\u00DC-100")
            .trace(new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"));
    write(sale.throughStage(Stage.FAILED));
    Messages.StoredMessage found = stores.messages().find(sale.messageId()).orElseThrow();
    assertThat(found.message()).isEqualTo(sale.messageAt(Stage.FAILED));
    assertThat(found.dueAt()).isEqualTo(found.message().capturedAt().plus(Duration.ofMinutes(5)));
    assertThat(stores.messages().search(MessageQuery.ALL).items()).containsExactly(found);
  }

  @Test
  void anOldMessageIsFoundToo() {
    MessageBuilder old = aSale().capturedAt(MORNING.minus(Duration.ofDays(9)));
    write(old.throughStage(Stage.QUEUED));
    assertThat(stores.messages().find(old.messageId())).isPresent();
  }

  @Test
  void eventsComeBackCompleteButForPayloadsInOrderOfTime() {
    MessageBuilder sale = aSale().trace(new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"));
    List<MessageEvent> events = sale.throughStage(Stage.FAILED);
    List<MessageEvent> backwards = new ArrayList<>(events).reversed();
    write(backwards);
    assertThat(stores.messages().events(sale.messageId())).containsExactlyElementsOf(events);
  }

  @Test
  void allPayloadsAreKeptAndTheLastOneCounts() {
    MessageBuilder sale = aSale();
    MessageEvent first = sale.payload("{\"total\": 1}").event(Stage.CAPTURED);
    MessageEvent none = sale.payload(null).event(Stage.RECEIVED);
    MessageEvent last = sale.payload("{\"total\": \"\u20AC \\u0000\"}").event(Stage.TRANSFORMED);
    write(last, none, first);
    assertThat(stores.messages().payloads(sale.messageId()))
        .containsExactly(
            new PayloadVersion(
                first.time(),
                Stage.CAPTURED,
                1,
                "/tills/0412/03",
                new Payload("application/json", "{\"total\": 1}", false)),
            new PayloadVersion(
                last.time(),
                Stage.TRANSFORMED,
                1,
                "/middleware/erp-adapter",
                new Payload("application/json", "{\"total\": \"\u20AC \\u0000\"}", false)));
    assertThat(stores.messages().events(sale.messageId()))
        .allSatisfy(event -> assertThat(event.payload()).isNull());
    MessageBuilder other = aSale().payload("{\"total\": 2}");
    write(other.event(Stage.CAPTURED));
    assertThat(
            stores
                .messages()
                .latestPayloads(
                    List.of(sale.messageId(), other.messageId(), new MessageId("nobody"))))
        .containsOnly(
            Map.entry(
                sale.messageId(),
                new Payload("application/json", "{\"total\": \"\u20AC \\u0000\"}", false)),
            Map.entry(other.messageId(), new Payload("application/json", "{\"total\": 2}", false)));
    assertThat(stores.messages().latestPayloads(List.of())).isEmpty();
  }

  @Test
  void aLargePayloadComesBackWhole() {
    MessageBuilder sale = aSale().payload("x".repeat(Payload.MAX_BYTES));
    write(sale.event(Stage.CAPTURED));
    assertThat(stores.messages().payloads(sale.messageId()).getFirst().payload().body())
        .hasSize(Payload.MAX_BYTES);
  }

  @Test
  void aPersonFindsAMessageByWhatStandsOnTheReceipt() {
    MessageBuilder sale =
        aSale()
            .id("sale-77")
            .correlationId("C-AB12")
            .store("0099")
            .register("07")
            .transactionNumber(123_456L)
            .noKeys()
            .key("receipt", "R 2026/77");
    write(sale.event(Stage.CAPTURED), aSale().event(Stage.CAPTURED));
    for (String text :
        List.of(
            "sale-77",
            "SALE-77",
            "sale",
            "c-ab12",
            "C-AB",
            "0099",
            "123456",
            "1234",
            "0099-07-123456",
            "2026/77",
            "r 2026/77",
            "  0099   sale-77 ")) {
      assertThat(ids(MessageQuery.ALL.withText(text))).as(text).contains("sale-77");
    }
    for (String text : List.of("sale-78", "009", "23456", "0099 0412", "7", "%*?")) {
      assertThat(ids(MessageQuery.ALL.withText(text))).as(text).isEmpty();
    }
  }

  @Test
  void messagesThatShareWordsWithOthersAreFoundByAnyOfThem() {
    MessageBuilder first = aSale().store("0001").register("01").transactionNumber(7L);
    MessageBuilder second = aSale().store("0001").register("01").transactionNumber(70L);
    MessageBuilder stock = aSale().noKeys().key("sku", "A 100-XL").key("location", "0002");
    write(first.event(Stage.CAPTURED), second.event(Stage.CAPTURED), stock.event(Stage.CAPTURED));
    String one = first.messageId().value();
    String two = second.messageId().value();
    // A word is a whole one, also where it begins another one.
    assertThat(ids(sharing(Set.of(), List.of(Set.of("0001-01-7"))))).containsExactly(one);
    assertThat(ids(sharing(Set.of(), List.of(Set.of("0001-01-7", "0001-01-70", "0001-01-8")))))
        .containsExactlyInAnyOrder(one, two);
    assertThat(ids(sharing(Set.of(one), List.of(Set.of("0001-01-7", "0001-01-70")))))
        .containsExactly(two);
    String article = SearchWords.whole("A 100-XL").orElseThrow();
    assertThat(ids(sharing(Set.of(), List.of(Set.of(article), Set.of("0002")))))
        .containsExactly(stock.messageId().value());
    assertThat(ids(sharing(Set.of(), List.of(Set.of(article), Set.of("0003"))))).isEmpty();
    assertThat(ids(sharing(Set.of(one), List.of(Set.of())))).hasSize(2).doesNotContain(one);
    // Of several groups one is enough, and each holds together.
    List<Set<String>> elsewhere = List.of(Set.of(article), Set.of("0003"));
    List<Set<String>> there = List.of(Set.of(article), Set.of("0002"));
    assertThat(ids(sharingAny(Set.of(), List.of(List.of(Set.of("0001-01-70")), elsewhere))))
        .containsExactly(two);
    assertThat(ids(sharingAny(Set.of(), List.of(List.of(Set.of("0001-01-7")), there))))
        .containsExactlyInAnyOrder(one, stock.messageId().value());
    assertThat(ids(sharingAny(Set.of(one), List.of()))).hasSize(2).doesNotContain(one);
  }

  @Test
  void wordsMayBeThoseOfOneBusinessDayOrOfNone() {
    MessageBuilder sale = aSale().store("0001").register("01").transactionNumber(7L);
    MessageBuilder dayBefore =
        aSale()
            .store("0001")
            .register("01")
            .transactionNumber(7L)
            .capturedAt(sale.event(Stage.CAPTURED).capturedAt().minus(Duration.ofDays(1)));
    MessageBuilder stock = aStockUpdate().key("sku", "A-100");
    write(sale.event(Stage.CAPTURED), dayBefore.event(Stage.CAPTURED), stock.event(Stage.CAPTURED));
    LocalDate day = sale.messageAt(Stage.CAPTURED).businessKey().businessDate();
    assertThat(day).isNotNull();
    assertThat(stock.messageAt(Stage.CAPTURED).businessKey().businessDate()).isNull();

    assertThat(ids(ofDay(day, "0001-01-7"))).containsExactly(sale.messageId().value());
    assertThat(ids(ofDay(day.minusDays(1), "0001-01-7")))
        .containsExactly(dayBefore.messageId().value());
    assertThat(ids(ofDay(day.plusDays(1), "0001-01-7"))).isEmpty();
    assertThat(ids(ofDay(null, "0001-01-7"))).isEmpty();
    String article = SearchWords.whole("A-100").orElseThrow();
    assertThat(ids(ofDay(null, article))).containsExactly(stock.messageId().value());
    assertThat(ids(ofDay(day, article))).isEmpty();
  }

  private static MessageQuery ofDay(LocalDate day, String word) {
    return MessageQuery.ALL.withSharing(
        new MessageQuery.Sharing(
            List.of(
                new MessageQuery.Words(List.of(Set.of(word)), new MessageQuery.BusinessDay(day))),
            Set.of()));
  }

  private static MessageQuery sharing(Set<String> except, List<Set<String>> words) {
    return sharingAny(except, List.of(words));
  }

  private static MessageQuery sharingAny(Set<String> except, List<List<Set<String>>> any) {
    return MessageQuery.ALL.withSharing(
        new MessageQuery.Sharing(any.stream().map(MessageQuery.Words::new).toList(), except));
  }

  @Test
  void everyConditionNarrowsTheList() {
    MessageBuilder failed =
        aSale()
            .trace(new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"))
            .target("loyalty")
            .store("0001");
    MessageBuilder confirmed = aReturn().store("0002");
    MessageBuilder stock = aStockUpdate();
    List<MessageEvent> events = new ArrayList<>(failed.throughStage(Stage.FAILED));
    events.addAll(confirmed.throughStage(Stage.CONFIRMED));
    events.addAll(stock.throughStage(Stage.QUEUED));
    write(events);
    String one = failed.messageId().value();
    assertThat(ids(MessageQuery.ALL)).hasSize(3);
    assertThat(ids(MessageQuery.ALL.withWorkflows(Set.of("sales-posting")))).containsExactly(one);
    assertThat(ids(MessageQuery.ALL.withStatuses(Set.of(MessageStatus.FAILED))))
        .containsExactly(one);
    assertThat(ids(MessageQuery.ALL.withStoreIds(Set.of("0001", "0003")))).containsExactly(one);
    assertThat(ids(MessageQuery.ALL.withCorrelationId("c-" + one))).containsExactly(one);
    assertThat(ids(MessageQuery.ALL.withTraceId("4bf92f3577b34da6a3ce929d0e0e4736")))
        .containsExactly(one);
    assertThat(
            ids(
                MessageQuery.ALL.withFingerprint(
                    failed.messageAt(Stage.FAILED).fingerprint().orElseThrow())))
        .containsExactly(one);
    assertThat(
            ids(
                MessageQuery.ALL
                    .withStatuses(Set.of(MessageStatus.FAILED))
                    .withStoreIds(Set.of("0002"))))
        .isEmpty();
    assertThat(stores.messages().count(MessageQuery.ALL.withStoreIds(Set.of("0001", "0002"))))
        .isEqualTo(2);
  }

  @Test
  void theTimeOfCaptureIsAtOrAfterTheFirstAndBeforeTheSecondMoment() {
    MessageBuilder sale = aSale();
    write(sale.event(Stage.CAPTURED));
    assertThat(captured(MORNING, MORNING.plusMillis(1))).hasSize(1);
    assertThat(captured(MORNING, null)).hasSize(1);
    assertThat(captured(null, MORNING.plusMillis(1))).hasSize(1);
    assertThat(captured(MORNING.plusMillis(1), null)).isEmpty();
    assertThat(captured(null, MORNING)).isEmpty();
    assertThat(captured(MORNING.minus(Duration.ofDays(40)), MORNING.plusMillis(1))).hasSize(1);
  }

  @Test
  void attentionIsNeededFromTheFirstFailureOrTheDueTimeUntilTheEnd() {
    MessageBuilder failed = aSale();
    MessageBuilder overdue = aSale();
    MessageBuilder late = aSale();
    List<MessageEvent> events = new ArrayList<>(failed.throughStage(Stage.FAILED));
    events.addAll(overdue.throughStage(Stage.QUEUED));
    events.add(late.event(Stage.CONFIRMED, MORNING.plusSeconds(3_600)));
    write(events);
    Instant failure = MORNING.plusSeconds(6);
    assertThat(attention(failure.minusMillis(1))).isEmpty();
    assertThat(attention(failure)).containsExactly(failed.messageId().value());
    assertThat(attention(MORNING.plusSeconds(299))).hasSize(1);
    assertThat(attention(MORNING.plusSeconds(300)))
        .containsExactlyInAnyOrder(failed.messageId().value(), overdue.messageId().value());
  }

  @Test
  void pagesFollowEachOtherEvenWhereManyMessagesAreOfTheSameMoment() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      events.add(
          aSale()
              .id("m%02d".formatted(i))
              .capturedAt(MORNING.plusSeconds(i / 10))
              .event(Stage.CAPTURED));
    }
    write(events);
    List<String> newestFirst = allPages(MessageQuery.ALL.page(4, null));
    assertThat(newestFirst).hasSize(25).doesNotHaveDuplicates().startsWith("m20", "m21");
    assertThat(newestFirst.getLast()).isEqualTo("m09");
    List<String> oldestFirst =
        allPages(MessageQuery.ALL.withOrder(MessageQuery.Order.OLDEST_FIRST).page(5, null));
    assertThat(oldestFirst).hasSize(25).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void allThatMatchAreHandedOverInPartsUntilThatIsEnough() {
    for (int i = 0; i < 10; i++) {
      write(aSale().transactionNumber(700L + i).capturedAt(MORNING).event(Stage.CAPTURED));
    }
    MessageQuery query = MessageQuery.ALL.withOrder(MessageQuery.Order.OLDEST_FIRST);
    List<String> parts = new ArrayList<>();
    List<Messages.StoredMessage> all = new ArrayList<>();
    stores
        .messages()
        .searchAll(
            query.page(5, null),
            part -> {
              parts.add("part of " + part.size());
              return all.addAll(part);
            });
    assertThat(parts).containsExactly("part of 5", "part of 5");
    assertThat(all).isEqualTo(stores.messages().search(query).items());

    List<Messages.StoredMessage> some = new ArrayList<>();
    String after = stores.messages().search(query.page(2, null)).next();
    stores.messages().searchAll(query.page(4, after), part -> !some.addAll(part));
    assertThat(some).isEqualTo(all.subList(2, 6));
    stores
        .messages()
        .searchAll(query.withText("nobody"), part -> Assertions.fail("There is " + part));
  }

  @Test
  void manyAreReadByTheirIdsAlsoWhereTheirDayIsAnotherOne() {
    MessageBuilder sale = aSale().capturedAt(MORNING);
    MessageBuilder old = aSale().capturedAt(MORNING.minus(Duration.ofDays(9)));
    MessageBuilder between = aSale().capturedAt(MORNING.minus(Duration.ofDays(4)));
    write(sale.throughStage(Stage.FAILED));
    write(old.throughStage(Stage.QUEUED));
    write(between.event(Stage.CAPTURED));
    Map<MessageId, Instant> wanted =
        Map.of(
            sale.messageId(),
            MORNING,
            old.messageId(),
            MORNING.minus(Duration.ofDays(8)),
            between.messageId(),
            MORNING,
            new MessageId("nobody"),
            MORNING);
    assertThat(stores.messages().findAll(wanted))
        .isEqualTo(
            Map.of(
                sale.messageId(), stores.messages().find(sale.messageId()).orElseThrow(),
                old.messageId(), stores.messages().find(old.messageId()).orElseThrow(),
                between.messageId(), stores.messages().find(between.messageId()).orElseThrow()));
    assertThat(stores.messages().findAll(Map.of())).isEmpty();
  }

  @Test
  void eventsThatDisagreeOnTheDayOfCaptureAreReadAsOneMessage() {
    MessageBuilder sale = aSale().capturedAt(MORNING);
    write(sale.event(Stage.CAPTURED));
    write(sale.capturedAt(MORNING.minus(Duration.ofDays(1))).event(Stage.QUEUED));
    Messages.StoredMessage both = stores.messages().find(sale.messageId()).orElseThrow();
    assertThat(both.message().currentAttempt().reached())
        .containsOnlyKeys(Stage.CAPTURED, Stage.QUEUED);

    for (int days : List.of(0, 1)) {
      assertThat(
              stores
                  .messages()
                  .findAll(Map.of(sale.messageId(), MORNING.minus(Duration.ofDays(days)))))
          .isEqualTo(Map.of(sale.messageId(), both));
    }
  }

  @Test
  void noMoreThanAThousandAreReadByTheirIdsAtOnce() {
    Map<MessageId, Instant> many = new HashMap<>();
    for (int i = 0; i < 1_001; i++) {
      many.put(new MessageId("nobody-" + i), MORNING);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> stores.messages().findAll(many));
  }

  @Test
  void theLastFullPageHasNoneAfterIt() {
    write(aSale().event(Stage.CAPTURED), aSale().event(Stage.CAPTURED));
    Page<Messages.StoredMessage> page = stores.messages().search(MessageQuery.ALL.page(2, null));
    assertThat(page.next()).isNull();
    assertThat(page.total()).isEqualTo(2);
  }

  @Test
  void aBrokenCursorIsRefusedInASentence() {
    for (String broken : List.of("", "xyz", "W10", "e30", "\u20AC")) {
      assertThatIllegalArgumentException()
          .as(broken)
          .isThrownBy(() -> stores.messages().search(MessageQuery.ALL.page(10, broken)))
          .withMessageContaining("begins");
    }
  }

  @Test
  void aFailureIsTakenBackOnceTheNextAttemptIsOnItsWay() {
    MessageBuilder sale = aSale().failingWith(aFailure().code("E1").build());
    write(sale.throughStage(Stage.FAILED));
    write(sale.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.QUEUED));
    assertThat(ids(MessageQuery.ALL.withStatuses(Set.of(MessageStatus.FAILED)))).isEmpty();
    assertThat(ids(MessageQuery.ALL.withStatuses(Set.of(MessageStatus.IN_FLIGHT)))).hasSize(1);
  }

  private List<String> ids(MessageQuery query) {
    return stores.messages().search(query).items().stream()
        .map(stored -> stored.message().id().value())
        .toList();
  }

  private List<String> captured(Instant from, Instant to) {
    return ids(MessageQuery.ALL.withCaptured(from, to));
  }

  private List<String> attention(Instant moment) {
    return ids(MessageQuery.ALL.withAttentionAt(moment));
  }

  private List<String> allPages(MessageQuery query) {
    List<String> all = new ArrayList<>();
    MessageQuery next = query;
    while (true) {
      Page<Messages.StoredMessage> page = stores.messages().search(next);
      page.items().forEach(stored -> all.add(stored.message().id().value()));
      assertThat(page.total()).isEqualTo(25);
      if (page.next() == null) {
        return all;
      }
      next = next.page(query.size(), page.next());
    }
  }
}
