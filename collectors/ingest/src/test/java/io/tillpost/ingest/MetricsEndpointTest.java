package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.server.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tillpost.ingest.progress.IngestMetrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MetricsEndpointTest {
  private static final String TOKEN = "a token of the test";
  private static final PrometheusMeterRegistry METERS =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private static Server server;

  @BeforeAll
  static void start() {
    server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service("/metrics", new MetricsEndpoint(TOKEN, METERS))
            .service("/without-token", new MetricsEndpoint(null, METERS))
            .service("/blank-token", new MetricsEndpoint(" ", METERS))
            .service("/without-numbers", new MetricsEndpoint(TOKEN, new SimpleMeterRegistry()))
            .build();
    server.start().join();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whoShowsTheTokenReadsTheNumbers() throws Exception {
    new IngestMetrics(METERS).accepted(7);

    HttpResponse<String> answer = get("/metrics", "Bearer " + TOKEN);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
    assertThat(answer.body()).contains("tillpost_ingest_accepted_total 7.0");
  }

  @Test
  void nobodyElseDoes() throws Exception {
    for (String shown : List.of("", "Bearer ", "Bearer another", TOKEN)) {
      HttpResponse<String> answer = get("/metrics", shown);
      assertThat(answer.statusCode()).as(shown).isEqualTo(401);
      assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
      assertThat(answer.body()).contains("metrics-token").doesNotContain("tillpost_ingest");
    }
  }

  @Test
  void withoutATokenThereIsNothingToRead() throws Exception {
    assertThat(get("/without-token", "Bearer " + TOKEN).statusCode()).isEqualTo(404);
    assertThat(get("/blank-token", "Bearer  ").statusCode()).isEqualTo(404);
    assertThat(get("/without-numbers", "Bearer " + TOKEN).statusCode()).isEqualTo(404);
  }

  private static HttpResponse<String> get(String path, String authorization) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.activeLocalPort() + path));
      if (!authorization.isEmpty()) {
        request.header("Authorization", authorization);
      }
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
