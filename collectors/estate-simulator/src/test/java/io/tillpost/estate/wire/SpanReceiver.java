package io.tillpost.estate.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;

/** An OTLP/gRPC receiver over real HTTP/2 that keeps the spans it took, by service. */
public final class SpanReceiver implements AutoCloseable {
  /** A span and the service it came from. */
  public record Received(String service, Span span) {}

  private static final int GRPC_PREFIX = 5;
  private static final String UNAVAILABLE = "14";

  private final MockWebServer server = new MockWebServer();
  private final Queue<Received> spans = new ConcurrentLinkedQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();

  public SpanReceiver() throws IOException {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    server.start();
  }

  public String address() {
    return "http://localhost:" + server.getPort();
  }

  /** The next calls are answered with UNAVAILABLE. */
  public void refuseNext(int calls) {
    refusals.set(calls);
  }

  public List<Received> spans() {
    return new ArrayList<>(spans);
  }

  private MockResponse answer(RecordedRequest request) {
    String status = "0";
    if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      status = UNAVAILABLE;
    } else {
      keep(Objects.requireNonNull(request.getBody()).toByteArray());
    }
    return new MockResponse.Builder()
        .code(200)
        .addHeader("content-type", "application/grpc")
        .body(new Buffer().write(new byte[GRPC_PREFIX]))
        .trailers(Headers.of("grpc-status", status))
        .build();
  }

  private void keep(byte[] body) {
    try {
      ExportTraceServiceRequest.parseFrom(Arrays.copyOfRange(body, GRPC_PREFIX, body.length))
          .getResourceSpansList()
          .forEach(
              resource -> {
                String service =
                    resource.getResource().getAttributesList().stream()
                        .filter(attribute -> attribute.getKey().equals("service.name"))
                        .map(attribute -> attribute.getValue().getStringValue())
                        .findFirst()
                        .orElse("");
                resource
                    .getScopeSpansList()
                    .forEach(
                        scope ->
                            scope
                                .getSpansList()
                                .forEach(span -> spans.add(new Received(service, span))));
              });
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
