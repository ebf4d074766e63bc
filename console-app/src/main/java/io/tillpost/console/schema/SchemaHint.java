package io.tillpost.console.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about one field of a payload.
 *
 * @param title what people call it, or null
 * @param description what it is, or null
 * @param required whether it has to be there
 * @param value what kind of value it has; null where several kinds are possible, or any
 * @param choices the only values that are possible, as text; empty for any
 * @param limits what else is asked of a value, in words like {@code 1 to 999}; may be empty
 */
public record SchemaHint(
    @Nullable String title,
    @Nullable String description,
    boolean required,
    @Nullable Value value,
    List<String> choices,
    String limits) {
  public SchemaHint {
    choices = List.copyOf(choices);
  }

  /** A kind of single value. */
  public enum Value {
    TEXT,
    NUMBER,
    /** {@code true} or {@code false}. */
    TRUTH
  }
}
