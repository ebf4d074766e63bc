package io.tillpost.frontend.trace;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;

/** The viewer chose a span, by click or Enter. */
@DomEvent("tillpost-span-selected")
public final class SpanSelectedEvent extends ComponentEvent<TraceWaterfall> {
  private final String spanId;

  /** Called by Flow. */
  public SpanSelectedEvent(
      TraceWaterfall source, boolean fromClient, @EventData("event.detail.spanId") String spanId) {
    super(source, fromClient);
    this.spanId = spanId;
  }

  /** The id as the browser sent it: may name no span of the trace, check before use. */
  public String spanId() {
    return spanId;
  }
}
