package io.tillpost.estate.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends message events in CloudEvents batches over several connections. A batch is sent until the
 * receiver has answered for it: after 429, 503 or a lost connection the same batch goes again.
 * Events that the receiver refuses for ever are counted and reported.
 */
public final class EventSender {
  private static final int LARGEST_BATCH = 2_000;
  private static final int MOST_WAITING = 8;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Outbox<EncodedEvent> outbox = new Outbox<>(MOST_WAITING);
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private final List<Thread> connections = new ArrayList<>();
  private final URI receiver;
  private final @Nullable String apiKey;
  private final Consumer<String> complaints;
  private List<EncodedEvent> batch = new ArrayList<>();

  /**
   * A sender with its connections open.
   *
   * @param apiKey sent as a bearer token, or null
   * @param complaints takes one sentence about each new trouble with the receiver
   */
  public EventSender(
      URI receiver, @Nullable String apiKey, int threads, Consumer<String> complaints) {
    this.receiver = receiver;
    this.apiKey = apiKey;
    this.complaints = complaints;
    for (int i = 1; i <= threads; i++) {
      connections.add(Thread.ofPlatform().daemon().name("events-" + i).start(this::run));
    }
  }

  /** Takes an event; waits where too many are under way. For one thread only. */
  public void send(EncodedEvent event) throws InterruptedException {
    batch.add(event);
    if (batch.size() >= LARGEST_BATCH) {
      push();
    }
  }

  /** Sends what is waiting for a batch to fill. For the thread that sends only. */
  public void push() throws InterruptedException {
    if (!batch.isEmpty() && outbox.put(batch)) {
      batch = new ArrayList<>();
    }
  }

  /** Waits until the receiver has answered for everything; false where the time was up before. */
  public boolean flush(Duration patience) throws InterruptedException {
    push();
    return outbox.awaitEmpty(patience.toMillis());
  }

  /** Closes the connections. What is not sent stays unsent. */
  public void close() {
    outbox.close();
    connections.forEach(Thread::interrupt);
    client.shutdownNow();
  }

  /** What has become of the events so far. */
  public SendCounts counts() {
    return new SendCounts(accepted.get(), rejected.get(), repeats.get());
  }

  private void run() {
    try {
      for (List<EncodedEvent> next = outbox.take(); next != null; next = outbox.take()) {
        deliver(next);
        outbox.sent();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(List<EncodedEvent> events) throws InterruptedException {
    Backoff backoff = new Backoff();
    HttpRequest request = request(events);
    for (boolean complained = false; ; complained = true) {
      Duration wait;
      String why;
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        int status = answer.statusCode();
        if (status == 200 || status == 400) {
          count(events.size(), answer);
          return;
        }
        if (status == 413 && events.size() > 1) {
          deliver(events.subList(0, events.size() / 2));
          deliver(events.subList(events.size() / 2, events.size()));
          return;
        }
        wait = backoff.next(answer.headers());
        why = "answers " + status;
      } catch (IOException e) {
        wait = backoff.next();
        why = "is not to be reached";
      }
      if (!complained) {
        complaints.accept("The receiver of message events " + why + "; the batch is sent again.");
      }
      repeats.incrementAndGet();
      Thread.sleep(wait);
    }
  }

  private HttpRequest request(List<EncodedEvent> events) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(events.size() * 900);
    int separator = '[';
    for (EncodedEvent event : events) {
      body.write(separator);
      event.writeTo(body);
      separator = ',';
    }
    body.write(']');
    HttpRequest.Builder request =
        HttpRequest.newBuilder(receiver)
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/cloudevents-batch+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
    if (apiKey != null) {
      request.header("Authorization", "Bearer " + apiKey);
    }
    return request.build();
  }

  private void count(int sent, HttpResponse<String> answer) {
    long taken = 0;
    String reason = "no reason given";
    try {
      JsonNode body = JSON.readTree(answer.body());
      boolean counted = answer.statusCode() == 200 && body.path("accepted").isNumber();
      taken = counted ? body.path("accepted").asLong() : answer.statusCode() == 200 ? sent : 0;
      reason =
          body.path("rejected")
              .path(0)
              .path("reason")
              .asString(body.path("detail").asString(reason));
    } catch (JacksonException e) {
      reason = "its answer is no JSON";
    }
    accepted.addAndGet(taken);
    if (taken < sent) {
      rejected.addAndGet(sent - taken);
      complaints.accept((sent - taken) + " of " + sent + " message events were refused: " + reason);
    }
  }
}
