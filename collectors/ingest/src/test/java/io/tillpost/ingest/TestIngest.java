package io.tillpost.ingest;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.store.Stores;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.util.unit.DataSize;

/** A whole ingest on free ports, with the stores that a test gives it. */
final class TestIngest implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Collector collector;

  private TestIngest(Collector collector) {
    this.collector = collector;
  }

  static TestIngest start(Path directory, Stores stores) {
    return start(directory, stores, DataSize.ofMegabytes(64), List.of());
  }

  static TestIngest start(Path directory, Stores stores, DataSize maxLog, List<String> apiKeys) {
    return start(config(directory, "127.0.0.1", maxLog, apiKeys), stores);
  }

  static TestIngest start(IngestProperties config, Stores stores) {
    Collector collector =
        new Collector(
            config, stores, new SimpleMeterRegistry(), OpenTelemetry.noop(), Clock.systemUTC());
    collector.start();
    return new TestIngest(collector);
  }

  static IngestProperties config(
      Path directory, String host, DataSize maxLog, List<String> apiKeys) {
    return config(directory, host, maxLog, apiKeys, null);
  }

  static IngestProperties config(
      Path directory, String host, DataSize maxLog, List<String> apiKeys, Boolean requireKey) {
    return new IngestProperties(
        true,
        host,
        0,
        0,
        IngestProperties.Log.onDisk(directory, maxLog),
        IngestProperties.Tls.OFF,
        DataSize.ofMegabytes(1),
        DataSize.ofKilobytes(256),
        apiKeys,
        Map.of(),
        requireKey,
        Map.of(),
        500,
        Duration.ofMinutes(10),
        Duration.ofDays(30),
        Duration.ofSeconds(5),
        null);
  }

  Collector collector() {
    return collector;
  }

  HttpResponse<String> post(String path, String contentType, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(collector.http().resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  HttpResponse<String> send(HttpRequest request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request, body);
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException("No answer", e);
    }
  }

  @Override
  public void close() {
    collector.stop();
    client.close();
  }
}
