package io.tillpost.trace;

import java.time.Instant;
import java.util.Map;

/**
 * Something that happened within a span, such as an exception.
 *
 * @param attributes values as text, by name
 */
public record SpanEvent(String name, Instant time, Map<String, String> attributes) {
  public SpanEvent {
    attributes = Map.copyOf(attributes);
  }
}
