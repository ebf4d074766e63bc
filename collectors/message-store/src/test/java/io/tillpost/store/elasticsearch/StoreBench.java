package io.tillpost.store.elasticsearch;

import static io.tillpost.testing.Samples.MORNING;

import io.tillpost.failure.Failure;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import io.tillpost.trace.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Measures the adapter on an embedded node: how many records a second the writer takes, then how
 * long the console's questions take over many messages. Not a test; started by hand with the number
 * of messages (1,000,000 unless given) and {@code -Dtillpost.test.elasticsearch.heap=1024}.
 */
final class StoreBench {
  private static final int BULK = 5_000;
  private static final int ROUNDS = 15;
  private static final Instant NOW = MORNING.plus(Duration.ofHours(12));

  private final HttpClient http = HttpClient.newHttpClient();
  private final String prefix = EmbeddedElasticsearchNode.newPrefix();
  private final Stores stores =
      EmbeddedElasticsearchNode.stores(prefix).clock(MutableClock.at(NOW)).build();
  private final Random random = new Random(42);
  private int answers;

  private StoreBench() {}

  /** Prints a line for each thing measured. */
  public static void main(String[] args) throws Exception {
    int messages = args.length == 0 ? 1_000_000 : Integer.parseInt(args[0]);
    StoreBench bench = new StoreBench();
    bench.measureWriter(40);
    bench.load(messages);
    bench.measureQueries();
    say("answers: %d", bench.answers);
    bench.stores.close();
    System.exit(0);
  }

  /** Batches as ingest makes them: 250 messages with their seven events, and a span for each. */
  private void measureWriter(int batches) {
    List<Batch> all = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      List<MessageEvent> events = new ArrayList<>();
      List<Span> spans = new ArrayList<>();
      for (int m = 0; m < 250; m++) {
        events.addAll(aMessage().payload("{\"total\": 1}").throughStage(Stage.CONFIRMED));
        for (int s = 0; s < 7; s++) {
          spans.add(Samples.aSpan().calling("erp").build());
        }
      }
      all.add(new Batch(events, spans));
    }
    all.subList(0, batches / 2).forEach(this::write);
    long start = System.nanoTime();
    long cpu = cpu();
    all.subList(batches / 2, batches).forEach(this::write);
    double seconds = (System.nanoTime() - start) / 1e9;
    int records = batches / 2 * 3_500;
    say(
        "writer: %.0f events and spans/s (and %.0f states/s), %.0f records per second of own CPU",
        records / seconds, batches / 2 * 250 / seconds, records / ((cpu() - cpu) / 1e9));
  }

  private void write(Batch batch) {
    if (!(stores.ingestWriter().write(batch) instanceof Result.Written written)
        || written.stored() != batch.events().size() + batch.spans().size()) {
      throw new IllegalStateException("A batch was not written");
    }
  }

  /** States of one day: 2 % failed in 40 groups, 1 % overdue, 2 % late, the others in time. */
  private void load(int messages) throws Exception {
    StateDocument document = new StateDocument(Samples.workflows());
    Schema schema = new Schema(null, prefix);
    long start = System.nanoTime();
    for (int from = 0; from < messages; from += BULK) {
      BulkBody<String> body = new BulkBody<>();
      for (int i = from; i < Math.min(from + BULK, messages); i++) {
        Message message = state(i);
        body.add(
            "",
            "index",
            new BulkBody.Target(
                schema.messages().at(message.capturedAt()), message.id().value(), null),
            json -> document.write(json, message));
      }
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(
                      URI.create(EmbeddedElasticsearchNode.uri() + "/_bulk?filter_path=errors"))
                  .header("Content-Type", "application/x-ndjson")
                  .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (!response.body().contains("\"errors\":false")) {
        throw new IllegalStateException(response.body());
      }
    }
    EmbeddedElasticsearchNode.refresh(prefix);
    say("loaded %d states in %.0f s", messages, (System.nanoTime() - start) / 1e9);
  }

  private Message state(int number) {
    MessageBuilder message = aMessage();
    int kind = number % 100;
    if (kind < 2) {
      Failure failure = Samples.aFailure().code("E" + (char) ('A' + random.nextInt(26))).build();
      return message.failingWith(failure).messageAt(Stage.FAILED);
    }
    if (kind == 2) {
      return message.messageAt(Stage.QUEUED);
    }
    return kind < 5
        ? message.attempt(2, MORNING.plus(Duration.ofHours(2))).messageAt(Stage.CONFIRMED)
        : message.messageAt(Stage.CONFIRMED);
  }

  private MessageBuilder aMessage() {
    MessageBuilder message = random.nextInt(10) < 8 ? Samples.aSale() : Samples.aReturn();
    return message
        .store("%04d".formatted(random.nextInt(600)))
        .amount(random.nextInt(30_000), random.nextInt(10) < 9 ? "EUR" : "CHF")
        .capturedAt(NOW.minusSeconds(600 + random.nextInt(86_400)));
  }

  private void measureQueries() {
    Instant from = NOW.minus(Duration.ofDays(1));
    measure("attention", () -> stores.impact().attention(NOW, Set.of()));
    measure("trend of a day", () -> stores.impact().trend(Set.of(), from, NOW, minutes(30)));
    measure("kept of a day", () -> stores.impact().kept(from, NOW));
    measure("last heard", () -> stores.impact().lastHeard(from));
    measure("groups", () -> stores.failures().groups(FailureFilter.ALL, 100));
    measure("newest 100", () -> stores.messages().search(MessageQuery.ALL));
    measure("text", () -> stores.messages().search(MessageQuery.ALL.withText("0412 sale")));
    measure("worst 100", () -> stores.messages().search(MessageQuery.ALL.withAttentionAt(NOW)));
    measure("find", () -> stores.messages().find(Samples.aSale().messageId()));
  }

  /** Each time with nothing cached of the answer before. */
  private void measure(String what, Supplier<Object> question) {
    long[] millis = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      EmbeddedElasticsearchNode.send("POST", "/" + prefix + "*/_cache/clear?request=true", "");
      long start = System.nanoTime();
      Object answer = question.get();
      millis[i] = (System.nanoTime() - start) / 1_000_000;
      answers += answer.hashCode();
    }
    Arrays.sort(millis);
    say("%s: median %d ms, worst %d ms", what, millis[ROUNDS / 2], millis[ROUNDS - 1]);
  }

  private static Duration minutes(int minutes) {
    return Duration.ofMinutes(minutes);
  }

  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
