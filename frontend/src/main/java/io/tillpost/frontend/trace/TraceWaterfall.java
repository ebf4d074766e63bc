package io.tillpost.frontend.trace;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import com.vaadin.flow.internal.JacksonUtils;
import com.vaadin.flow.shared.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The spans of one trace as a tree with bars over time. Arrow keys walk and fold, Enter chooses.
 * Spans without their parent and spans that start before it are shown as what they are.
 */
@Tag("tillpost-trace-waterfall")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/trace-waterfall.ts")
public final class TraceWaterfall extends Component implements HasSize {
  private @Nullable List<WaterfallSpan> shown;

  /** Says that there are no spans until some are set. */
  public TraceWaterfall() {}

  /** Shows these spans, given in any order, in place; sends nothing if they are the same. */
  public void setSpans(List<WaterfallSpan> spans) {
    if (spans.equals(shown)) {
      return;
    }
    shown = List.copyOf(spans);
    getElement().setPropertyJson("spans", json(shown));
  }

  /** Marks a span as the chosen one and unfolds the way to it; null marks none. */
  public void setSelectedSpan(@Nullable String spanId) {
    if (spanId == null) {
      getElement().removeProperty("selected");
    } else {
      getElement().setProperty("selected", spanId);
    }
  }

  /** Is told when the viewer chooses a span. */
  public Registration addSpanSelectedListener(ComponentEventListener<SpanSelectedEvent> listener) {
    return addListener(SpanSelectedEvent.class, listener);
  }

  private static ArrayNode json(List<WaterfallSpan> spans) {
    Instant origin =
        spans.stream().map(WaterfallSpan::start).min(Instant::compareTo).orElse(Instant.EPOCH);
    ArrayNode json = JacksonUtils.createArrayNode();
    for (WaterfallSpan span : spans) {
      ObjectNode one = json.addObject();
      one.put("id", span.id());
      if (span.parentId() != null) {
        one.put("parentId", span.parentId());
      }
      one.put("name", span.name());
      one.put("service", span.service());
      one.put("start", micros(Duration.between(origin, span.start())));
      one.put("duration", micros(span.duration()));
      one.put("error", span.error());
    }
    return json;
  }

  /** Microseconds with a fraction: a number of the browser keeps them exact for years. */
  private static double micros(Duration duration) {
    return duration.getSeconds() * 1_000_000d + duration.getNano() / 1_000d;
  }
}
