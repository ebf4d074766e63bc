package io.tillpost.store.elasticsearch;

import static io.tillpost.store.elasticsearch.ElasticsearchWriteIT.attempt;
import static io.tillpost.store.elasticsearch.ElasticsearchWriteIT.narrowAttemptsOfEvents;
import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.WrittenSpan;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.Span;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Batches so large that of their records only what went wrong is asked for. */
class LargeBatchesIT extends WithElasticsearch {
  private static final int LARGE = 600;

  @Test
  void eventsThatAreThereAlreadyAreCountedWithoutSendingAllAgain() {
    List<MessageBuilder> sales = sales();
    List<MessageBuilder> before = sales.subList(0, 50);
    assertThat(write(captured(before))).isEqualTo(new Result.Written(50, 0, List.of()));
    // As if the writer had died between the two.
    MessageBuilder withoutState = before.getFirst();
    EmbeddedElasticsearchNode.send(
        "DELETE", "/" + prefix + "messages-2026.11.23/_doc/" + withoutState.messageId(), "");
    MessageBuilder further = before.getLast();

    long requests = requestsThatWrote("events");
    assertThat(write(Stream.concat(captured(sales), Stream.of(further.event(Stage.RECEIVED)))))
        .isEqualTo(new Result.Written(LARGE - 50 + 1, 50, List.of()));
    assertThat(requestsThatWrote("events") - requests).isEqualTo(1);

    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("events")).isEqualTo(LARGE + 1);
    assertThat(count("messages")).isEqualTo(LARGE);
    assertThat(stageOf(withoutState)).isEqualTo(Stage.CAPTURED);
    assertThat(stageOf(further)).isEqualTo(Stage.RECEIVED);
    assertThat(stageOf(sales.getLast())).isEqualTo(Stage.CAPTURED);
  }

  @Test
  void spansThatAreThereAlreadyAreCountedWithoutSendingAllAgain() {
    List<Span> spans = Stream.generate(() -> aSpan().build()).limit(LARGE).toList();
    stores.ingestWriter().write(new Batch(List.of(), spans.subList(0, 50)));
    long requests = requestsThatWrote("spans");
    assertThat(stores.ingestWriter().write(new Batch(List.of(), spans)))
        .isEqualTo(new Result.Written(LARGE - 50, 50, List.of()));
    assertThat(requestsThatWrote("spans") - requests).isEqualTo(1);
  }

  @Test
  void oneRefusedEventAmongThoseThatAreThereAlreadyIsFoundOut() {
    narrowAttemptsOfEvents(prefix);
    List<MessageBuilder> sales = sales();
    write(captured(sales.subList(0, 50)));
    MessageBuilder sale = sales.getLast();
    MessageEvent bad = attempt(sale.event(Stage.RECEIVED), 200);

    long requests = requestsThatWrote("events");
    Result.Written written = write(Stream.concat(captured(sales), Stream.of(bad)));
    // Once more, for an answer for each of them.
    assertThat(requestsThatWrote("events") - requests).isEqualTo(2);

    assertThat(written.stored() + written.alreadyStored()).isEqualTo(LARGE);
    assertThat(written.refused())
        .extracting(Refused::documentId)
        .containsExactly(bad.id().documentId());
    assertThat(stageOf(sale)).isEqualTo(Stage.CAPTURED);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("events")).isEqualTo(LARGE);
    assertThat(count("messages")).isEqualTo(LARGE);
  }

  @Test
  void anIndexThatSomebodyHasClosedRefusesNothingForEver() {
    List<Span> spans = Stream.generate(() -> aSpan().build()).limit(LARGE).toList();
    stores.ingestWriter().write(new Batch(List.of(), spans.subList(0, 50)));
    EmbeddedElasticsearchNode.send("POST", "/" + prefix + "spans-2026.11.23/_close", "");
    assertThat(stores.ingestWriter().write(new Batch(List.of(), spans)))
        .isInstanceOf(Result.Unavailable.class);
    EmbeddedElasticsearchNode.send("POST", "/" + prefix + "spans-2026.11.23/_open", "");
    assertThat(stores.ingestWriter().write(new Batch(List.of(), spans)))
        .isEqualTo(new Result.Written(LARGE - 50, 50, List.of()));
  }

  @Test
  void statesOfOpenMessagesAreLeftToTheNextBatchOnce() {
    narrowAttemptsOfEvents(prefix);
    List<MessageBuilder> sales = sales();
    MessageBuilder open = sales.getFirst();
    MessageBuilder ended = sales.get(1);
    MessageBuilder partlyRefused = sales.get(2);
    MessageEvent bad = attempt(partlyRefused.event(Stage.RECEIVED), 200);
    // The same id twice: one of the two is refused.
    MessageBuilder twice = sales.get(3);
    MessageEvent badTwin = twice.event(Stage.CAPTURED, MORNING.plus(Duration.ofDays(3_650)));
    List<WrittenEvent> events =
        Stream.concat(captured(sales), Stream.of(ended.event(Stage.CONFIRMED), bad, badTwin))
            .map(EventJson::written)
            .toList();

    Result.Written first = write(events, List.of(), true);
    assertThat(first.refused())
        .extracting(Refused::documentId)
        .containsExactlyInAnyOrder(bad.id().documentId(), badTwin.id().documentId());
    assertThat(left(events, first))
        .containsExactlyElementsOf(
            captured(sales)
                .map(event -> event.id().documentId())
                .filter(id -> !id.equals(ended.event(Stage.CAPTURED).id().documentId()))
                .filter(id -> !id.equals(partlyRefused.event(Stage.CAPTURED).id().documentId()))
                .filter(id -> !id.equals(badTwin.id().documentId()))
                .toList());
    assertThat(stageOf(ended)).isEqualTo(Stage.CONFIRMED);
    assertThat(stageOf(partlyRefused)).isEqualTo(Stage.CAPTURED);
    assertThat(stageOf(twice)).isEqualTo(Stage.CAPTURED);
    assertThat(stores.messages().find(open.messageId())).isEmpty();

    List<WrittenEvent> before = first.left().stream().map(events::get).toList();
    List<WrittenEvent> received =
        sales.subList(0, 599).stream()
            .map(sale -> EventJson.written(sale.event(Stage.RECEIVED)))
            .toList();
    // Nothing of what was left is left again, not even where others follow.
    assertThat(left(received, write(received, before, true)))
        .containsExactly(
            ended.event(Stage.RECEIVED).id().documentId(),
            partlyRefused.event(Stage.RECEIVED).id().documentId(),
            twice.event(Stage.RECEIVED).id().documentId());
    assertThat(stageOf(open)).isEqualTo(Stage.RECEIVED);
    assertThat(stageOf(sales.getLast())).isEqualTo(Stage.CAPTURED);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(versionOfState(open)).isEqualTo(1);
    assertThat(versionOfState(sales.getLast())).isEqualTo(1);
  }

  @Test
  void eventsKeepTheirPlacesBehindOthersAndBehindThoseThatWereLeft() {
    narrowAttemptsOfEvents(prefix);
    List<MessageBuilder> sales = sales();
    List<WrittenEvent> captured = captured(sales).map(EventJson::written).toList();
    List<WrittenEvent> before =
        write(captured, List.of(), true).left().stream().map(captured::get).toList();
    assertThat(before).hasSize(LARGE);
    // Not written yet, one of them refused; of the others one goes on, and one is refused.
    List<MessageEvent> whole =
        List.of(
            sales.get(0).event(Stage.RECEIVED), attempt(sales.get(1).event(Stage.RECEIVED), 200));
    MessageEvent bad = attempt(sales.get(2).event(Stage.RECEIVED), 200);
    List<MessageBuilder> others = sales();
    List<WrittenEvent> written =
        Stream.concat(Stream.of(bad, sales.get(3).event(Stage.RECEIVED)), captured(others))
            .map(EventJson::written)
            .toList();
    Result result =
        stores
            .ingestWriter()
            .write(new Batch(whole, List.of(), written, List.of()), before, () -> true);

    assertThat(result)
        .isInstanceOfSatisfying(
            Result.Written.class,
            done -> {
              assertThat(done.stored() + done.alreadyStored()).isEqualTo(LARGE + 2);
              assertThat(done.refused())
                  .extracting(Refused::documentId)
                  .containsExactlyInAnyOrder(
                      whole.getLast().id().documentId(), bad.id().documentId());
              assertThat(left(written, done))
                  .containsExactlyElementsOf(
                      captured(others).map(event -> event.id().documentId()).toList());
            });
    assertThat(stageOf(sales.get(0))).isEqualTo(Stage.RECEIVED);
    assertThat(stageOf(sales.get(1))).isEqualTo(Stage.CAPTURED);
    assertThat(stageOf(sales.get(2))).isEqualTo(Stage.CAPTURED);
    assertThat(stageOf(sales.get(3))).isEqualTo(Stage.RECEIVED);
    assertThat(stageOf(sales.getLast())).isEqualTo(Stage.CAPTURED);
    assertThat(stores.messages().find(others.getFirst().messageId())).isEmpty();
  }

  @Test
  void recordsAreWrittenInTheOrderOfTheirIndices() {
    List<MessageBuilder> sales = sales().subList(0, 40);
    List<WrittenEvent> events =
        Stream.of(Stage.CAPTURED, Stage.RECEIVED, Stage.CONFIRMED)
            .flatMap(stage -> sales.reversed().stream().map(sale -> sale.event(stage)))
            .map(EventJson::written)
            .toList();
    List<WrittenSpan> spans =
        Stream.generate(() -> written(aSpan().build())).limit(40).toList().reversed();
    assertThat(stores.ingestWriter().write(new Batch(List.of(), List.of(), events, spans)))
        .isEqualTo(new Result.Written(160, 0, List.of()));

    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(asWritten("events", "message_id")).hasSize(120).isSorted();
    assertThat(asWritten("events", "stage"))
        .containsExactlyElementsOf(
            sales.stream().flatMap(_ -> Stream.of("CAPTURED", "RECEIVED", "CONFIRMED")).toList());
    assertThat(asWritten("spans", "trace_id")).hasSize(40).isSorted();
  }

  @Test
  void anEventThatIsRefusedBeforeAllAreSentCountsNoMore() {
    narrowAttemptsOfEvents(prefix);
    List<MessageBuilder> sales = sales();
    MessageBuilder refused = sales.getFirst();
    // More than one request holds; those of the first message are in the first one.
    List<WrittenEvent> events =
        Stream.concat(
                sales.stream()
                    .map(sale -> sale.payload("\"" + "x".repeat(20_000) + "\""))
                    .map(sale -> sale.event(Stage.CAPTURED)),
                Stream.of(
                    attempt(refused.event(Stage.RECEIVED), 200),
                    refused.event(Stage.CONFIRMED),
                    sales.getLast().event(Stage.RECEIVED)))
            .map(EventJson::written)
            .toList();

    Result.Written written = write(events, List.of(), false);
    assertThat(requestsThatWrote("events")).isGreaterThan(2);
    assertThat(written.stored() + written.alreadyStored()).isEqualTo(LARGE + 2);
    assertThat(written.refused())
        .extracting(Refused::documentId)
        .containsExactly(events.get(LARGE).documentId());
    assertThat(stageOf(refused)).isEqualTo(Stage.CONFIRMED);
    assertThat(stores.messages().find(refused.messageId()).orElseThrow().message().attempts())
        .containsOnlyKeys(1);
    assertThat(stageOf(sales.getLast())).isEqualTo(Stage.RECEIVED);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("messages")).isEqualTo(LARGE);
  }

  @Test
  void moreStatesThanOneRequestHoldsAreAllWritten() {
    List<MessageBuilder> sales = sales();
    // Each key stands in the state's document three times.
    for (MessageBuilder sale : sales) {
      for (int i = 0; i < 40; i++) {
        sale.key("key" + i, i + "x".repeat(190) + sale.messageId());
      }
    }
    assertThat(write(captured(sales))).isEqualTo(new Result.Written(LARGE, 0, List.of()));
    assertThat(requestsThatWrote("messages")).isGreaterThan(1);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("messages")).isEqualTo(LARGE);
    assertThat(versionOfState(sales.getFirst())).isEqualTo(1);
  }

  @Test
  void anEventOfAStageThatIsNotKnownIsNotStored() {
    List<WrittenEvent> events = captured(sales()).map(EventJson::written).toList();
    WrittenEvent odd = events.getLast();
    String json = new String(odd.bytes(), odd.from(), odd.to(), StandardCharsets.UTF_8);
    odd.bytes()[odd.from() + json.indexOf("\"CAPTURED\"") + 1] = 'X';
    assertThatThrownBy(() -> write(events, List.of(), false))
        .isInstanceOf(IllegalArgumentException.class);
    write(events.subList(0, LARGE - 1), List.of(), false);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("events")).isEqualTo(LARGE - 1);
  }

  @Test
  void fewRecordsLeaveNothing() {
    List<WrittenEvent> few = captured(sales().subList(0, 400)).map(EventJson::written).toList();
    assertThat(write(few, List.of(), true).left()).isEmpty();
  }

  @Test
  void noMoreIsLeftThanMayBeInMemory() {
    List<WrittenEvent> large =
        sales().stream()
            .map(sale -> sale.payload("\"" + "x".repeat(8_000) + "\"").event(Stage.CAPTURED))
            .map(EventJson::written)
            .toList();
    List<String> left = left(large, write(large, List.of(), true));
    assertThat(left).hasSizeBetween(200, 260);
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(count("messages")).isEqualTo(LARGE - left.size());
  }

  private long versionOfState(MessageBuilder sale) {
    return Json.MAPPER
        .readTree(
            EmbeddedElasticsearchNode.send(
                "GET", "/" + prefix + "messages-2026.11.23/_doc/" + sale.messageId(), ""))
        .path("_version")
        .asLong();
  }

  /** The ids of the documents of the events that are left. */
  private static List<String> left(List<WrittenEvent> events, Result.Written written) {
    return written.left().stream().map(place -> events.get(place).documentId()).toList();
  }

  private Result.Written write(List<WrittenEvent> events, List<WrittenEvent> before, boolean more) {
    return (Result.Written)
        stores
            .ingestWriter()
            .write(new Batch(List.of(), List.of(), events, List.of()), before, () -> more);
  }

  private static WrittenSpan written(Span span) {
    JsonBytes json = new JsonBytes(new byte[512]);
    new SpanJson().write(json, span);
    return new WrittenSpan(span.documentId(), span.start(), json.array(), 0, json.size());
  }

  /** What a field says in documents of a kind, in the order in which they were written. */
  private List<String> asWritten(String kind, String field) {
    String found =
        EmbeddedElasticsearchNode.send(
            "POST",
            "/" + prefix + kind + "-*/_search",
            """
            {"size": 1000, "sort": [{"_seq_no": "asc"}], "_source": ["%s"]}
            """
                .formatted(field));
    return Json.MAPPER
        .readTree(found)
        .requiredAt("/hits/hits")
        .valueStream()
        .map(hit -> hit.path("_source").path(field).asString())
        .toList();
  }

  private static List<MessageBuilder> sales() {
    return Stream.generate(() -> aSale()).limit(LARGE).toList();
  }

  private static Stream<MessageEvent> captured(List<MessageBuilder> sales) {
    return sales.stream().map(sale -> sale.event(Stage.CAPTURED));
  }

  private Result.Written write(Stream<MessageEvent> events) {
    Result result = stores.ingestWriter().write(new Batch(events.toList(), List.of()));
    assertThat(result).isInstanceOf(Result.Written.class);
    return (Result.Written) result;
  }

  private Stage stageOf(MessageBuilder sale) {
    return stores.messages().find(sale.messageId()).orElseThrow().message().stage();
  }

  /** How many bulk requests have reached the one shard of the kind's one day. */
  private long requestsThatWrote(String kind) {
    String stats =
        EmbeddedElasticsearchNode.send("GET", "/" + prefix + kind + "-*/_stats/bulk", "");
    return Json.MAPPER.readTree(stats).requiredAt("/_all/primaries/bulk/total_operations").asLong();
  }

  private long count(String kind) {
    String count = EmbeddedElasticsearchNode.send("GET", "/" + prefix + kind + "-*/_count", "");
    return Json.MAPPER.readTree(count).requiredAt("/count").asLong();
  }
}
