package io.tillpost.console.traces;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.trace.Span;
import io.tillpost.trace.SpanEvent;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.SpanKind;
import io.tillpost.trace.SpanStatus;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Traces over HTTP. */
@RestController
@RequestMapping("/api/v1/traces")
@Tag(name = "Traces")
class TracesApi {
  private final TraceReader traces;

  TracesApi(TraceReader traces) {
    this.traces = traces;
  }

  @GetMapping("/{traceId}")
  @Operation(summary = "All spans of a trace, by start")
  TraceJson trace(@PathVariable String traceId) {
    if (!TraceId.isValid(traceId)) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "A trace id has 32 lower-case hexadecimal digits");
    }
    List<Span> spans = traces.trace(new TraceId(traceId));
    if (spans.isEmpty()) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND,
          "There is no trace with this id, or it is older than the retention");
    }
    return new TraceJson(traceId, spans.stream().map(SpanJson::of).toList());
  }

  /** A trace. */
  record TraceJson(String traceId, List<SpanJson> spans) {}

  /**
   * A span.
   *
   * @param parentSpanId absent for a root span
   * @param durationNanos how long it took
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SpanJson(
      String spanId,
      @Nullable String parentSpanId,
      String name,
      SpanKind kind,
      String service,
      Instant start,
      Instant end,
      long durationNanos,
      SpanStatus status,
      String statusMessage,
      Map<String, String> attributes,
      Map<String, String> resource,
      List<SpanEvent> events) {
    static SpanJson of(Span span) {
      return new SpanJson(
          span.id().value(),
          Optional.ofNullable(span.parentId()).map(SpanId::value).orElse(null),
          span.name(),
          span.kind(),
          span.service(),
          span.start(),
          span.end(),
          span.duration().toNanos(),
          span.status(),
          span.statusMessage(),
          span.attributes(),
          span.resource(),
          span.events());
    }
  }
}
