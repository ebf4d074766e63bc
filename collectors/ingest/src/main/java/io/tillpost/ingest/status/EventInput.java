package io.tillpost.ingest.status;

import io.tillpost.message.Payload;
import io.tillpost.trace.SpanId;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A received message event as its protocol holds it, unchecked. Each method throws {@link
 * WrongFieldException} where a value has the wrong type.
 */
public interface EventInput {
  /** How the protocol calls the field. */
  String name(EventField field);

  /** The text of a field, or null if it is absent. */
  @Nullable String text(EventField field);

  /** The whole number of a field, or null if it is absent. */
  @Nullable Long number(EventField field);

  /** When it happened, or null if that is absent. */
  @Nullable Instant time();

  /** The event's own id; a protocol may derive one. */
  @Nullable String id();

  /** Further business keys; empty if there are none. */
  Map<String, String> keys();

  /** Whether there is any member about a failure. */
  boolean hasFailure();

  /** Whether there is any member about money. */
  boolean hasAmount();

  /** The content, or null if there is none. Its size is checked by the rules. */
  @Nullable Payload payload();

  /** The trace this happened in, or null. */
  @Nullable TraceId traceId();

  /** The span this happened in, or null. */
  @Nullable SpanId spanId();
}
