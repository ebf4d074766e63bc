package io.tillpost.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.message.MessageId;
import io.tillpost.store.memory.InMemoryStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenTelemetry SDK of another language, with its default settings but for the ports. */
class JavaScriptSenderIT {
  private static final Path SENDER = Path.of("target", "js");

  @TempDir Path directory;

  @BeforeAll
  static void install() throws Exception {
    Files.createDirectories(SENDER);
    for (String file : new String[] {"package.json", "package-lock.json", "send.mjs"}) {
      Files.copy(
          Path.of("src", "test", "js", file),
          SENDER.resolve(file),
          StandardCopyOption.REPLACE_EXISTING);
    }
    run(Map.of(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }

  private static void run(Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(SENDER.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output).doesNotContain("Error").doesNotContain("PartialSuccess");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grpc", "http/protobuf", "http/json"})
  void spansAndMessageEventsOfNodeJsAreStored(String protocol) throws Exception {
    InMemoryStores stores = new InMemoryStores();
    try (TestIngest ingest = TestIngest.start(directory, stores)) {
      int port =
          protocol.equals("grpc") ? ingest.collector().grpcPort() : ingest.collector().httpPort();
      run(
          Map.of(
              "OTEL_EXPORTER_OTLP_ENDPOINT",
              "http://127.0.0.1:" + port,
              "OTEL_EXPORTER_OTLP_PROTOCOL",
              protocol,
              "OTEL_LOGS_EXPORTER",
              "otlp",
              "OTEL_METRICS_EXPORTER",
              "none"),
          "node",
          "send.mjs",
          "js-1");
      MessageId id = new MessageId("js-1");
      await().until(() -> stores.messages().find(id).isPresent());
      var event = stores.messages().events(id).getFirst();
      assertThat(event.id().source()).isEqualTo("js-till");
      assertThat(event.amount().minor()).isEqualTo(12_999);
      assertThat(stores.messages().payloads(id).getFirst().payload().body())
          .contains("\"sku\":\"A-100\"");
      await().until(() -> !stores.traces().trace(event.traceId()).isEmpty());
      assertThat(stores.traces().trace(event.traceId()).getFirst().messageId()).isEqualTo("js-1");
    }
  }
}
