package io.tillpost.store;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aSpan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.store.json.SpanJson;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

abstract class IngestWriterContract extends StoreContract {
  @Test
  void whatIsWrittenIsCountedAndFound() {
    MessageBuilder sale = aSale();
    Span span = aSpan().build();
    Result.Written written = write(sale.throughStage(Stage.CONFIRMED), List.of(span));
    assertThat(written).isEqualTo(new Result.Written(8, 0, List.of()));
    assertThat(state(sale)).isEqualTo(sale.messageAt(Stage.CONFIRMED));
    assertThat(stores.traces().trace(span.traceId())).containsExactly(span);
  }

  @Test
  void aSpanThatIsWrittenAlreadyIsTheSameSpan() {
    Span span = aSpan().build();
    JsonBytes json = new JsonBytes(new byte[8]);
    json.writeNumber(4711);
    int from = json.size();
    json.cutTo(from);
    new SpanJson().write(json, span);
    int to = json.size();
    json.newLine();
    WrittenSpan written = new WrittenSpan(span.documentId(), span.start(), json.array(), from, to);
    assertThat(
            stores
                .ingestWriter()
                .write(new Batch(List.of(), List.of(), List.of(), List.of(written))))
        .isEqualTo(new Result.Written(1, 0, List.of()));
    assertThat(write(List.of(), List.of(span))).isEqualTo(new Result.Written(0, 1, List.of()));
    assertThat(stores.traces().trace(span.traceId())).containsExactly(span);
  }

  @Test
  void eventsThatAreWrittenAlreadyAreTheSameEvents() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = sale.throughStage(Stage.FAILED);
    List<WrittenEvent> written = events.stream().map(EventJson::written).toList();
    assertThat(stores.ingestWriter().write(new Batch(List.of(), List.of(), written, List.of())))
        .isEqualTo(new Result.Written(events.size(), 0, List.of()));
    assertThat(write(events)).isEqualTo(new Result.Written(0, events.size(), List.of()));
    assertThat(stores.messages().events(sale.messageId())).hasSameSizeAs(events);
    assertThat(state(sale)).isEqualTo(MessageFold.of(events));
  }

  @Test
  void aStateThatIsLeftToTheNextBatchIsWrittenWithIt() {
    List<MessageBuilder> sales = Stream.generate(() -> aSale()).limit(600).toList();
    List<WrittenEvent> first = written(sales, Stage.CAPTURED);
    List<WrittenEvent> second = written(sales.subList(0, 550), Stage.RECEIVED);
    List<WrittenEvent> left = left(first, List.of(), () -> true);
    assertThat(left(second, left, () -> false)).isEmpty();
    assertThat(state(sales.getFirst())).isEqualTo(sales.getFirst().messageAt(Stage.RECEIVED));
    assertThat(state(sales.getLast())).isEqualTo(sales.getLast().messageAt(Stage.CAPTURED));
    // As after a crash between the two.
    assertThat(left(first, List.of(), () -> true)).hasSizeLessThanOrEqualTo(first.size());
    assertThat(left(List.of(), first, () -> true)).isEmpty();
    assertThat(state(sales.getFirst())).isEqualTo(sales.getFirst().messageAt(Stage.RECEIVED));
  }

  private static List<WrittenEvent> written(List<MessageBuilder> sales, Stage stage) {
    return sales.stream().map(sale -> EventJson.written(sale.event(stage))).toList();
  }

  /** Writes them and says which of them are left. */
  private List<WrittenEvent> left(
      List<WrittenEvent> events, List<WrittenEvent> before, BooleanSupplier more) {
    Result result =
        stores
            .ingestWriter()
            .write(new Batch(List.of(), List.of(), events, List.of()), before, more);
    assertThat(result).isInstanceOf(Result.Written.class);
    return ((Result.Written) result).left().stream().map(events::get).toList();
  }

  @Test
  void nothingIsWrittenForAnEmptyBatch() {
    assertThat(write(List.of())).isEqualTo(new Result.Written(0, 0, List.of()));
  }

  @Test
  void theSameBatchTwiceChangesNothing() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = sale.throughStage(Stage.FAILED);
    Span span = aSpan().build();
    write(events, List.of(span));
    assertThat(write(events, List.of(span)))
        .isEqualTo(new Result.Written(0, events.size() + 1, List.of()));
    assertThat(state(sale)).isEqualTo(MessageFold.of(events));
    assertThat(stores.messages().events(sale.messageId())).hasSameSizeAs(events);
    assertThat(stores.traces().trace(span.traceId())).hasSize(1);
  }

  @Test
  void theSameEventTwiceInABatchCountsOnce() {
    MessageEvent captured = aSale().event(Stage.CAPTURED);
    assertThat(write(captured, captured)).isEqualTo(new Result.Written(1, 1, List.of()));
    assertThat(stores.messages().events(captured.messageId())).hasSize(1);
  }

  @Test
  void eventsMayComeInAnyOrderAndOneByOne() {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = new ArrayList<>(sale.throughStage(Stage.FAILED));
    events.addAll(sale.attempt(2, MORNING.plusSeconds(60)).throughStage(Stage.CONFIRMED));
    Collections.shuffle(events, new Random(7));
    events.forEach(this::write);
    assertThat(state(sale)).isEqualTo(MessageFold.of(events));
    assertThat(state(sale).status()).isEqualTo(MessageStatus.CONFIRMED);
  }

  @Test
  void aRepeatedBatchWithOneNewEventTakesUpTheNewOne() {
    MessageBuilder sale = aSale();
    write(sale.throughStage(Stage.QUEUED));
    List<MessageEvent> more = sale.throughStage(Stage.SUBMITTED);
    assertThat(write(more)).isEqualTo(new Result.Written(1, more.size() - 1, List.of()));
    assertThat(state(sale).stage()).isEqualTo(Stage.SUBMITTED);
  }

  @Test
  void messagesOfManyDaysAreWrittenTogether() {
    MessageBuilder early = aSale().capturedAt(MORNING.minusSeconds(3 * 86_400));
    MessageBuilder late = aSale();
    List<MessageEvent> events = new ArrayList<>(early.throughStage(Stage.CONFIRMED));
    events.addAll(late.throughStage(Stage.QUEUED));
    write(events);
    assertThat(state(early).status()).isEqualTo(MessageStatus.CONFIRMED);
    assertThat(state(late).status()).isEqualTo(MessageStatus.IN_FLIGHT);
  }

  @Test
  void anUnknownWorkflowIsKeptToo() {
    MessageEvent event = aSale().event(Stage.CAPTURED);
    MessageEvent unknown = withWorkflow(event, "gift-cards");
    write(unknown);
    assertThat(stores.messages().find(event.messageId()).orElseThrow().message().workflow())
        .isEqualTo("gift-cards");
    assertThat(stores.messages().find(event.messageId()).orElseThrow().dueAt())
        .isEqualTo(MORNING.plusSeconds(15 * 60));
  }

  @Test
  void messageIdsOfAnyLengthAndAlphabetAreKeptApart() {
    String longId = "\u20AC".repeat(MessageId.MAX_LENGTH);
    List<String> ids =
        List.of(
            longId, longId.substring(1), "a/b?c=d&e", "\"quoted\" {json}", "sha256-abc", "_x,*");
    for (String id : ids) {
      write(aSale().id(id).event(Stage.CAPTURED));
    }
    for (String id : ids) {
      assertThat(stores.messages().find(new MessageId(id)).orElseThrow().message().id().value())
          .isEqualTo(id);
      assertThat(stores.messages().events(new MessageId(id))).hasSize(1);
    }
  }

  @Test
  void writersThatRaceOnOneMessageLoseNothing() throws Exception {
    MessageBuilder sale = aSale();
    List<MessageEvent> events = new ArrayList<>();
    for (int attempt = 1; attempt <= 6; attempt++) {
      sale.attempt(attempt, MORNING.plusSeconds(attempt * 60L));
      events.addAll(sale.throughStage(Stage.FAILED));
    }
    int writers = 4;
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService pool = Executors.newFixedThreadPool(writers)) {
      List<Future<Result>> results = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        List<MessageEvent> mine = new ArrayList<>();
        for (int i = writer; i < events.size(); i += writers) {
          mine.add(events.get(i));
        }
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  Result last = null;
                  for (MessageEvent event : mine) {
                    do {
                      last = stores.ingestWriter().write(new Batch(List.of(event), List.of()));
                    } while (last instanceof Result.Unavailable);
                  }
                  return last;
                }));
      }
      start.countDown();
      for (Future<Result> result : results) {
        assertThat(result.get()).isInstanceOf(Result.Written.class);
      }
    }
    settle();
    assertThat(state(sale)).isEqualTo(MessageFold.of(events));
    assertThat(stores.messages().events(sale.messageId())).hasSameSizeAs(events);
  }

  private Message state(MessageBuilder builder) {
    return stores.messages().find(builder.messageId()).orElseThrow().message();
  }

  static MessageEvent withWorkflow(MessageEvent event, String workflow) {
    return new MessageEvent(
        event.id(),
        event.messageId(),
        workflow,
        event.stage(),
        event.attempt(),
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
