package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Sends prepared bytes over several connections, as fast as they are taken. */
final class Senders {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private Senders() {}

  /** Hands each item to one of the connections, in order; returns when all are done. */
  static <T> void all(List<T> items, int connections, Consumer<T> send) throws Exception {
    AtomicInteger next = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            pool.submit(
                () -> {
                  for (int at = next.getAndIncrement();
                      at < items.size();
                      at = next.getAndIncrement()) {
                    send.accept(items.get(at));
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }

  /** One request to a receiver; sent again while it is told to come back later. */
  static void post(URI receiver, Request request) {
    URI uri = receiver.resolve(request.path());
    try {
      for (int i = 0; i < 100; i++) {
        Answer answer = post(uri, request.contentType(), request.body());
        if (answer.status() == 200) {
          if (answer.text().contains("\"reason\"") || answer.text().contains("never")) {
            throw new IllegalStateException(answer.text());
          }
          return;
        }
        if (answer.status() != 429 && answer.status() != 503) {
          throw new IllegalStateException(answer.toString());
        }
        Thread.sleep(Duration.ofMillis(500));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("The receiver never took a request");
  }

  /** What came back. */
  record Answer(int status, String text) {}

  /**
   * Sends bytes and waits for the answer, by the client that takes the least of the two cores that
   * it shares with what is measured: it writes them from the calling thread, all at once.
   */
  static Answer post(URI uri, String contentType, byte[] body) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setRequestMethod("POST");
      connection.setRequestProperty("Content-Type", contentType);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setReadTimeout((int) PATIENCE.toMillis());
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      int status = connection.getResponseCode();
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        byte[] text = in == null ? new byte[0] : in.readAllBytes();
        return new Answer(status, new String(text, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends it once; the status of the answer, when there is one. */
  static CompletableFuture<Integer> postOnce(URI receiver, Request request) {
    return HTTP.sendAsync(http(receiver, request), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private static HttpRequest http(URI receiver, Request request) {
    return HttpRequest.newBuilder(receiver.resolve(request.path()))
        .timeout(PATIENCE)
        .header("Content-Type", request.contentType())
        .POST(BodyPublishers.ofByteArray(request.body()))
        .build();
  }
}
