package io.tillpost.store.elasticsearch;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes members of a document, and nothing for null. */
record Fields(JsonBytes json) {
  Fields text(String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
    return this;
  }

  Fields number(String name, @Nullable Long value) {
    if (value != null) {
      json.writeNumberProperty(name, value);
    }
    return this;
  }

  Fields flag(String name, boolean value) {
    json.writeBooleanProperty(name, value);
    return this;
  }

  /** ISO 8601 with all its digits. */
  Fields moment(String name, @Nullable Instant value) {
    if (value != null) {
      json.writeName(name);
      json.writeMoment(value);
    }
    return this;
  }

  Fields texts(String name, Collection<String> values) {
    if (!values.isEmpty()) {
      json.writeArrayPropertyStart(name);
      values.forEach(json::writeString);
      json.writeEndArray();
    }
    return this;
  }

  Fields texts(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      json.writeObjectPropertyStart(name);
      values.forEach(json::writeStringProperty);
      json.writeEndObject();
    }
    return this;
  }
}
