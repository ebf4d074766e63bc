package io.tillpost.store.elasticsearch;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Workflows;
import io.tillpost.store.json.EventJson;
import io.tillpost.store.json.JsonBytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Puts finished documents into a node as fast as it takes them, for benchmarks: the same documents
 * as the writer makes, but without reading states and folding. The index templates must be there.
 * Used by one thread; the node works on some bodies while the next one is made.
 */
public final class BulkLoader implements AutoCloseable {
  private static final int IN_FLIGHT = 2;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Semaphore room = new Semaphore(IN_FLIGHT);
  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final URI bulk;
  private final Schema schema;
  private final StateDocument states;
  private BulkBody<String> body = new BulkBody<>();

  /** Loads into the node at this address. */
  public BulkLoader(URI node, String indexPrefix, Workflows workflows) {
    bulk = node.resolve("/_bulk?filter_path=errors,items.*.error.reason");
    schema = new Schema(null, indexPrefix);
    states = new StateDocument(workflows);
  }

  /** Adds the state of a message. */
  public void add(Message message) {
    add(
        new BulkBody.Target(
            schema.messages().at(message.capturedAt()), DocumentIds.of(message.id()), null),
        json -> states.write(json, message));
  }

  /** Adds an event, its payload included. */
  public void add(MessageEvent event) {
    add(
        new BulkBody.Target(schema.events().at(event.time()), event.id().documentId(), null),
        json -> EventJson.write(json, event));
  }

  /** Sends what was added and waits until the node has all of it. */
  public void flush() {
    send();
    room.acquireUninterruptibly(IN_FLIGHT);
    room.release(IN_FLIGHT);
    check();
  }

  @Override
  public void close() {
    http.close();
  }

  private void add(BulkBody.Target target, Consumer<JsonBytes> document) {
    body.add("", "index", target, document);
    if (body.isFull()) {
      send();
    }
  }

  private void send() {
    if (body.isEmpty()) {
      return;
    }
    HttpRequest request =
        HttpRequest.newBuilder(bulk)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()))
            .build();
    body = new BulkBody<>();
    room.acquireUninterruptibly();
    var _ =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .whenComplete(
                (answer, thrown) -> {
                  if (thrown != null) {
                    failure.set(thrown.toString());
                  } else if (!answer.body().startsWith("{\"errors\":false")) {
                    failure.set(answer.body().substring(0, Math.min(500, answer.body().length())));
                  }
                  room.release();
                });
    check();
  }

  private void check() {
    if (!failure.get().isEmpty()) {
      throw new IllegalStateException("The node did not take it: " + failure.get());
    }
  }
}
