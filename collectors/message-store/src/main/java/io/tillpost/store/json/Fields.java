package io.tillpost.store.json;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes members of a document, and nothing for null. */
public record Fields(JsonBytes json) {
  /** A text. */
  public Fields text(String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
    return this;
  }

  /** A number. */
  public Fields number(String name, @Nullable Long value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
    return this;
  }

  /** A truth value. */
  public Fields flag(String name, boolean value) {
    json.writeBooleanProperty(name, value);
    return this;
  }

  /** ISO 8601 with all its digits. */
  public Fields moment(String name, @Nullable Instant value) {
    if (value != null) {
      json.writeName(name);
      json.writeMoment(value);
    }
    return this;
  }

  /** An array of texts; nothing for none. */
  public Fields texts(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      json.writeArrayPropertyStart(name);
      values.forEach(json::writeString);
      json.writeEndArray();
    }
    return this;
  }

  /** An object with texts; nothing for none. */
  public Fields texts(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      json.writeObjectPropertyStart(name);
      values.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return this;
  }
}
