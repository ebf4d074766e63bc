package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import com.linecorp.armeria.client.grpc.GrpcClients;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc.TraceServiceBlockingStub;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk on which nothing more can be written, and on which it can again. */
class FullDiskTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Nobody listens there: the log keeps everything. */
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @TempDir Path directory;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void sendersAreToldToComeBackUntilTheDiskHasRoomAgainAndNothingIsLost() throws Exception {
    Set<String> acknowledged;
    Senders senders;
    try (IngestProcessUnderTest ingest =
            IngestProcessUnderTest.start(directory, NOWHERE, "tillpost-");
        Ledger ledger = Ledger.in(directory)) {
      senders = new Senders(3, ingest.http(), ledger);
      try (senders) {
        for (long limit : new long[] {1, 50_000, 1}) {
          int before = ledger.batches();
          await().atMost(LONG).until(() -> ledger.batches() >= before + 15);
          assertThat(health(ingest).statusCode()).isEqualTo(200);

          ingest.limitFilesTo(limit);
          // One answer for both: where a little can be written, opening the log anew helps for a
          // moment, and the next answer may be another one.
          HttpResponse<String> full =
              await()
                  .atMost(LONG)
                  .until(() -> health(ingest), answer -> answer.statusCode() == 503);
          assertThat(full.body()).contains("OUT_OF_SERVICE").contains("ingest log");
          if (limit == 1) {
            // Where nothing can be written it stays so.
            assertThat(health(ingest).body()).contains("OUT_OF_SERVICE");
            requestsAreTurnedAway(ingest);
          }
          ingest.liftLimit();
        }
        int before = ledger.batches();
        await().atMost(LONG).until(() -> ledger.batches() >= before + 15);
      }
      acknowledged = ledger.ids();
    }
    assertThat(senders.refusals()).containsOnly(503);
    assertThat(LoggedRecords.in(directory)).containsAll(acknowledged);
  }

  private void requestsAreTurnedAway(IngestProcessUnderTest ingest) throws Exception {
    SentBatch batch = SentBatch.of(1_000_001);
    HttpResponse<String> http =
        client.send(
            HttpRequest.newBuilder(ingest.http().resolve(batch.path()))
                .header("Content-Type", batch.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(batch.body()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(http.statusCode()).isEqualTo(503);
    assertThat(Long.parseLong(http.headers().firstValue("retry-after").orElseThrow()))
        .isBetween(1L, 5L);
    TraceServiceBlockingStub grpc =
        GrpcClients.newClient("gproto+" + ingest.http(), TraceServiceBlockingStub.class);
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(batch.body());
    StatusRuntimeException refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> grpc.export(request));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    RetryInfo retry = StatusProto.fromThrowable(refusal).getDetails(0).unpack(RetryInfo.class);
    assertThat(retry.getRetryDelay().getSeconds()).isBetween(1L, 5L);
  }

  private HttpResponse<String> health(IngestProcessUnderTest ingest) throws Exception {
    return client.send(
        HttpRequest.newBuilder(ingest.http().resolve("/health")).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
