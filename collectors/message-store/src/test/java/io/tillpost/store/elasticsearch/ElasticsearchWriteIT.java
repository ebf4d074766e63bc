package io.tillpost.store.elasticsearch;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.store.ImpactQueries.Slice;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Refused;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What only a real Elasticsearch can show: refusals, visibility, crashes between two writes. */
class ElasticsearchWriteIT extends WithElasticsearch {
  @Test
  void aMessageIsFoundByItsIdBeforeASearchSeesIt() {
    EmbeddedElasticsearchNode.send(
        "PUT",
        "/" + prefix + "messages-2026.11.23",
        "{\"settings\": {\"refresh_interval\": \"-1\"}, \"mappings\": {\"dynamic\": false}}");
    MessageBuilder sale = aSale();
    write(sale.event(Stage.CAPTURED));
    write(sale.event(Stage.RECEIVED));
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message().stage())
        .isEqualTo(Stage.RECEIVED);
  }

  @Test
  void eventsOfAMessageAndSpansOfATraceLieSideBySideAndArePacked() {
    MessageBuilder sale = aSale();
    Result result =
        stores
            .ingestWriter()
            .write(new Batch(List.of(sale.event(Stage.CAPTURED)), List.of(aSpan().build())));
    assertThat(result).isEqualTo(new Result.Written(2, 0, List.of()));

    assertThat(indexSettings("events"))
        .contains("\"codec\":\"legacy_best_compression\"", "\"sort\":{\"field\":\"message_id\"}");
    assertThat(indexSettings("spans"))
        .contains("\"codec\":\"legacy_best_compression\"", "\"sort\":{\"field\":\"trace_id\"}");
    // A state is read again and again by its id while its message is open.
    assertThat(indexSettings("messages")).doesNotContain("codec", "sort");
  }

  private String indexSettings(String kind) {
    return EmbeddedElasticsearchNode.send("GET", "/" + prefix + kind + "-*/_settings", "");
  }

  @Test
  void anEventWhoseContentDoesNotFitIsRefusedAndTheOthersStand() {
    MessageBuilder sale = aSale();
    MessageEvent good = sale.event(Stage.CAPTURED);
    MessageEvent bad = attempt(sale.event(Stage.RECEIVED), 200);
    narrowAttemptsOfEvents();
    Result.Written written = write(good, bad);
    assertThat(written.stored()).isEqualTo(1);
    assertThat(written.refused())
        .extracting(Refused::documentId)
        .containsExactly(bad.id().documentId());
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(MessageFold.of(good));
  }

  @Test
  void aMessageThatOnlyARefusedEventTellsOfIsNotThere() {
    MessageBuilder sale = aSale();
    narrowAttemptsOfEvents();
    assertThat(write(attempt(sale.event(Stage.RECEIVED), 200)).refused()).hasSize(1);
    assertThat(stores.messages().find(sale.messageId())).isEmpty();
  }

  @Test
  void aStateGoesBackToWhatItWasBeforeARefusedEvent() {
    MessageBuilder sale = aSale();
    narrowAttemptsOfEvents();
    write(sale.throughStage(Stage.QUEUED).toArray(MessageEvent[]::new));
    write(attempt(sale.event(Stage.FAILED), 200));
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(sale.messageAt(Stage.QUEUED));
  }

  @Test
  void aLoneSurrogateDoesNotMakeAMessageUnreadable() {
    MessageBuilder broken = aSale().key("sku", "\uD83D alone").payload("x\uDED2");
    assertThat(write(broken.event(Stage.CAPTURED))).isEqualTo(new Result.Written(1, 0, List.of()));
    write(broken.event(Stage.RECEIVED));
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(stores.messages().find(broken.messageId()).orElseThrow().message().stage())
        .isEqualTo(Stage.RECEIVED);
    assertThat(stores.messages().search(MessageQuery.ALL.withText("alone")).items()).hasSize(1);
    assertThat(stores.messages().events(broken.messageId())).hasSize(2);
    assertThat(stores.messages().payloads(broken.messageId())).hasSize(2);
  }

  @Test
  void momentsOutOfAllReasonAreRefusedAndMakeNoIndex() {
    Span span = aSpan().start(Instant.EPOCH).build();
    Result result =
        stores
            .ingestWriter()
            .write(
                new Batch(
                    List.of(
                        aSale().event(Stage.CAPTURED, Instant.EPOCH),
                        aSale()
                            .capturedAt(Instant.parse("+12026-01-01T00:00:00Z"))
                            .event(Stage.CAPTURED),
                        aSale()
                            .capturedAt(clock.instant().plus(Duration.ofDays(2)))
                            .event(Stage.CAPTURED)),
                    List.of(span)));
    assertThat(((Result.Written) result).refused()).hasSize(4);
    assertThat(EmbeddedElasticsearchNode.send("GET", "/_cat/indices/" + prefix + "*", ""))
        .isBlank();
  }

  @Test
  void aBatchLargerThanOneRequestIsWrittenWhole() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(aSale().payload("x".repeat(Payload.MAX_BYTES)).event(Stage.CAPTURED));
    }
    assertThat(write(events.toArray(MessageEvent[]::new)))
        .isEqualTo(new Result.Written(100, 0, List.of()));
    EmbeddedElasticsearchNode.refresh(prefix);
    assertThat(stores.messages().payloads(events.getLast().messageId())).hasSize(1);
  }

  @Test
  void oneRefusedEventOfALargeBatchIsFoundOut() {
    narrowAttemptsOfEvents();
    MessageBuilder sale = aSale();
    MessageEvent bad = attempt(sale.event(Stage.RECEIVED), 200);
    List<MessageEvent> events = new ArrayList<>();
    events.add(sale.event(Stage.CAPTURED));
    events.add(bad);
    for (int i = 0; i < 700; i++) {
      events.add(aSale().event(Stage.CAPTURED));
    }
    Result.Written written = write(events.toArray(MessageEvent[]::new));
    assertThat(written.stored() + written.alreadyStored()).isEqualTo(701);
    assertThat(written.refused())
        .extracting(Refused::documentId)
        .containsExactly(bad.id().documentId());
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(sale.messageAt(Stage.CAPTURED));
    events.remove(bad);
    assertThat(write(events.toArray(MessageEvent[]::new)))
        .isEqualTo(new Result.Written(0, 701, List.of()));
  }

  @Test
  void aStateThatACrashLeftBehindIsMadeUpForByTheSameBatch() {
    MessageBuilder sale = aSale();
    MessageEvent[] events = sale.throughStage(Stage.FAILED).toArray(MessageEvent[]::new);
    write(events);
    EmbeddedElasticsearchNode.send(
        "DELETE", "/" + prefix + "messages-2026.11.23/_doc/" + sale.messageId(), "");
    assertThat(stores.messages().find(sale.messageId())).isEmpty();
    assertThat(write(events).alreadyStored()).isEqualTo(events.length);
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(sale.messageAt(Stage.FAILED));
  }

  @Test
  void whatAnotherProcessWroteMeanwhileIsKept() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = sale.throughStage(Stage.CONFIRMED);
    try (Stores others = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build()) {
      for (int i = 0; i < events.size(); i++) {
        Batch one = new Batch(List.of(events.get(i)), List.of());
        assertThat((i % 2 == 0 ? stores : others).ingestWriter().write(one))
            .isEqualTo(new Result.Written(1, 0, List.of()));
      }
    }
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(sale.messageAt(Stage.CONFIRMED));
  }

  @Test
  void aMessageThatBeganElsewhereIsNotBegunAgain() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = sale.throughStage(Stage.QUEUED);
    try (Stores others = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build()) {
      others.ingestWriter().write(new Batch(events, List.of()));
    }
    // The first event again makes this process believe that nothing is there.
    assertThat(write(events.getFirst(), sale.event(Stage.SUBMITTED)))
        .isEqualTo(new Result.Written(1, 1, List.of()));
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(sale.messageAt(Stage.SUBMITTED));
  }

  @Test
  void eventsThatDisagreeOnTheDayOfCaptureAreFoundAsOneMessage() {
    MessageBuilder sale = aSale();
    MessageEvent today = sale.event(Stage.CAPTURED);
    MessageEvent yesterday =
        sale.capturedAt(MORNING.minus(Duration.ofDays(1))).event(Stage.RECEIVED, MORNING);
    write(today, yesterday);
    assertThat(stores.messages().find(sale.messageId()).orElseThrow().message())
        .isEqualTo(MessageFold.of(List.of(today, yesterday)));
  }

  @Test
  void manyProcessesMayUseAnEmptyClusterForTheFirstTimeAtOnce() throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        results.add(
            pool.submit(
                () -> {
                  try (Stores own = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build()) {
                    start.await();
                    return own.ingestWriter()
                        .write(new Batch(List.of(aSale().event(Stage.CAPTURED)), List.of()));
                  }
                }));
      }
      start.countDown();
      for (Future<Result> result : results) {
        assertThat(result.get()).isEqualTo(new Result.Written(1, 0, List.of()));
      }
    }
    assertThat(
            EmbeddedElasticsearchNode.send(
                "GET", "/" + prefix + "messages-2026.11.23/_mapping", ""))
        .contains("attention_from")
        .contains("\"dynamic\":\"false\"");
  }

  @Test
  void theClusterIsUp() {
    assertThat(stores.health().check()).isInstanceOf(StoreHealth.State.Up.class);
  }

  private void narrowAttemptsOfEvents() {
    narrowAttemptsOfEvents(prefix);
  }

  /** Makes an index of events that takes attempts up to 127 only. */
  static void narrowAttemptsOfEvents(String prefix) {
    EmbeddedElasticsearchNode.send(
        "PUT",
        "/" + prefix + "events-2026.11.23",
        "{\"mappings\": {\"properties\": {\"attempt\": {\"type\": \"byte\"}}}}");
  }

  @Test
  void moreSlicesThanAreReadAtOnceAddUpToTheSame() {
    for (String store : List.of("0412", "0413", "0414", "0415", "0416")) {
      for (int day = 0; day < 2; day++) {
        MessageBuilder sale =
            aSale().store(store).capturedAt(MORNING.minus(Duration.ofDays(day))).amount(100, "EUR");
        write(sale.throughStage(Stage.FAILED).toArray(MessageEvent[]::new));
        write(aSale().store(store).amount(7, "CHF").event(Stage.CAPTURED));
      }
    }
    EmbeddedElasticsearchNode.refresh(prefix);
    Instant noon = MORNING.plus(Duration.ofHours(3));
    List<Slice> all = stores.impact().attention(noon, Set.of());
    assertThat(all).hasSize(10);
    try (ClosingStores few =
        new ClosingStores(EmbeddedElasticsearchNode.stores(prefix).slicesAtOnce(3).build())) {
      assertThat(few.stores().impact().attention(noon, Set.of()))
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  private record ClosingStores(Stores stores) implements AutoCloseable {
    @Override
    public void close() {
      stores.close();
    }
  }

  private Result.Written write(MessageEvent... events) {
    Result result = stores.ingestWriter().write(new Batch(Arrays.asList(events), List.of()));
    assertThat(result).isInstanceOf(Result.Written.class);
    return (Result.Written) result;
  }

  static MessageEvent attempt(MessageEvent event, int attempt) {
    return new MessageEvent(
        event.id(),
        event.messageId(),
        event.workflow(),
        event.stage(),
        attempt,
        event.time(),
        event.capturedAt(),
        event.correlationId(),
        event.source(),
        event.target(),
        event.businessKey(),
        event.amount(),
        event.schemaVersion(),
        event.failure(),
        event.payload(),
        event.traceId(),
        event.spanId());
  }
}
