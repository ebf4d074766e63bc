package io.tillpost.console.bench;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Workflows;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.IngestWriter.Result;
import io.tillpost.store.Stores;
import io.tillpost.store.elasticsearch.BulkLoader;
import io.tillpost.testing.Samples;
import io.tillpost.trace.Span;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The node that is asked: fills it, and disturbs what it keeps between two questions. */
final class BenchNode implements AutoCloseable {
  private static final String PREFIX = "tillpost-";
  private static final int SPANS = 20_000;
  private static final int WRITTEN_BETWEEN = 100;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;
  private final Stores stores;
  private final BulkLoader loader;
  private final Instant filledAt;

  BenchNode(URI uri, Stores stores, Workflows workflows, Instant filledAt) {
    this.uri = uri;
    this.stores = stores;
    this.filledAt = filledAt;
    loader = new BulkLoader(uri, PREFIX, workflows);
  }

  /** Fills it with messages, each with the event that brought its payload, and recent spans. */
  void fill(BenchOptions options) throws IOException, InterruptedException {
    writeSpans();
    BenchMessages messages =
        new BenchMessages(42, filledAt, Duration.ofDays(options.days()), options.failed());
    for (int number = 0; number < options.messages(); number++) {
      List<MessageEvent> events = messages.message(number);
      loader.add(MessageFold.of(events));
      loader.add(events.getFirst());
      if ((number + 1) % 100_000 == 0) {
        System.out.printf("  %,d messages%n", number + 1);
      }
    }
    loader.flush();
    send("POST", "/" + PREFIX + "*/_refresh");
    new BenchRetries(stores, filledAt).write();
    send("POST", "/" + PREFIX + "*/_refresh");
    settle();
  }

  /**
   * Writes new states of 100 messages of the last hour and lets them be seen, as ingest does all
   * the time.
   *
   * @param forgotten whether the node shall also forget what it keeps of earlier answers
   */
  void disturb(boolean forgotten) throws IOException, InterruptedException {
    BenchMessages messages = new BenchMessages(7, filledAt, Duration.ofHours(1), 10);
    for (int number = 0; number < WRITTEN_BETWEEN; number++) {
      Message message = MessageFold.of(messages.message(90_000_000 + number));
      loader.add(message);
    }
    loader.flush();
    send("POST", "/" + PREFIX + "messages-*/_refresh");
    if (forgotten) {
      send("POST", "/" + PREFIX + "*/_cache/clear?request=true");
    }
  }

  /** How much the messages take on disk, in words. */
  String size() throws IOException, InterruptedException {
    return send("GET", "/_cat/indices/" + PREFIX + "messages-*?h=store.size&bytes=mb")
            .lines()
            .mapToLong(line -> Long.parseLong(line.strip()))
            .sum()
        + " MB";
  }

  @Override
  public void close() {
    loader.close();
    http.close();
  }

  private void writeSpans() {
    Random random = new Random(42);
    for (int from = 0; from < SPANS; from += 2_000) {
      List<Span> spans = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Instant start = filledAt.minusMillis(random.nextInt(900_000));
        spans.add(
            Samples.aSpan().calling(random.nextInt(4) == 0 ? "wms" : "erp").start(start).build());
      }
      if (!(stores.ingestWriter().write(new Batch(List.of(), spans)) instanceof Result.Written)) {
        throw new IllegalStateException("The spans were not written");
      }
    }
  }

  /** Waits until the node merges no more, at most five minutes. */
  private void settle() throws IOException, InterruptedException {
    for (int i = 0; i < 300; i++) {
      String current = send("GET", "/_stats/merge?filter_path=_all.total.merges.current");
      if (current.contains("\"current\":0")) {
        return;
      }
      Thread.sleep(1_000);
    }
  }

  private String send(String method, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }
}
