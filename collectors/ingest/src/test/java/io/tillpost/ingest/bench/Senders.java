package io.tillpost.ingest.bench;

import io.tillpost.ingest.bench.BenchEstate.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
    HttpRequest http = http(receiver, request);
    try {
      for (int i = 0; i < 100; i++) {
        HttpResponse<String> response = HTTP.send(http, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          if (response.body().contains("\"reason\"") || response.body().contains("never")) {
            throw new IllegalStateException(response.body());
          }
          return;
        }
        if (response.statusCode() != 429 && response.statusCode() != 503) {
          throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        Thread.sleep(Duration.ofMillis(500));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException("The receiver never took a request");
  }

  /** Sends it once; the status of the answer, when there is one. */
  static CompletableFuture<Integer> postOnce(URI receiver, Request request) {
    return HTTP.sendAsync(http(receiver, request), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private static HttpRequest http(URI receiver, Request request) {
    return HttpRequest.newBuilder(receiver.resolve(request.path()))
        .timeout(Duration.ofSeconds(60))
        .header("Content-Type", request.contentType())
        .POST(BodyPublishers.ofByteArray(request.body()))
        .build();
  }
}
