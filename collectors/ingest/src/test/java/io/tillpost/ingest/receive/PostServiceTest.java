package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.IngestLog;
import io.tillpost.ingest.progress.IngestMetrics;
import io.tillpost.ingest.progress.SenderActivity;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostServiceTest {
  private final Load load = new Load(1, 10_000, 1_000);
  private final IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
  private volatile @Nullable Error breaks;
  private Server server;

  @BeforeEach
  void start() {
    Clock clock = Clock.systemUTC();
    SenderActivity activity = new SenderActivity(metrics, clock);
    Backpressure backpressure = new Backpressure(metrics, activity, new Random(1));
    Door door =
        new Door(
            ApiKeys.of(Map.of(), Map.of(), true, Revocations.NONE, clock), backpressure, activity);
    IngestLog log =
        (IngestLog)
            Proxy.newProxyInstance(
                IngestLog.class.getClassLoader(),
                new Class<?>[] {IngestLog.class},
                (_, _, _) -> false);
    Intake intake = new Intake(log, metrics, backpressure, activity, clock);
    server =
        Server.builder()
            .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .service(
                "/",
                new PostService(new Breaking(), door, intake, load, backpressure, activity, 1_000))
            .build();
    server.start().join();
  }

  @AfterEach
  void stop() {
    server.stop().join();
    load.close();
  }

  @Test
  void whoSendsWhileThereIsNoMemoryIsToldToComeBackAndTheRoomIsFreeAgain() throws Exception {
    breaks = new OutOfMemoryError("for a test");
    assertThat(post()).isEqualTo(503);
    breaks = new StackOverflowError("for a test");
    assertThat(post()).isEqualTo(503);
    await().until(() -> load.reserved() == 0);
    breaks = null;
    assertThat(post()).isEqualTo(200);
    await().until(() -> load.reserved() == 0);
  }

  private int post() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + server.activeLocalPort() + "/"))
                  .timeout(Duration.ofSeconds(5))
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("anything"))
                  .build(),
              java.net.http.HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private final class Breaking implements PostEndpoint {
    @Override
    public boolean reads(@Nullable MediaType type) {
      return true;
    }

    @Override
    public String readableTypes() {
      return "any";
    }

    @Override
    public CompletionStage<HttpResponse> receive(Sender sender, MediaType type, byte[] body) {
      Error error = breaks;
      if (error != null) {
        throw error;
      }
      return CompletableFuture.completedFuture(HttpResponse.of(HttpStatus.OK));
    }

    @Override
    public HttpResponse problem(
        @Nullable MediaType type, HttpStatus status, String detail, HttpHeaders headers) {
      return HttpResponse.of(status);
    }
  }
}
