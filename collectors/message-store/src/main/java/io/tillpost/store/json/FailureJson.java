package io.tillpost.store.json;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import tools.jackson.databind.JsonNode;

/** A failure as JSON, the same in events and in the state of a message. */
public final class FailureJson {
  private FailureJson() {}

  /** Writes one object. */
  public static void write(JsonBytes json, Failure failure) {
    json.writeStartObject();
    new Fields(json)
        .text("code", failure.code())
        .text("message", failure.message())
        .text("field", failure.field())
        .text("class", failure.failureClass() == null ? null : failure.failureClass().name());
    json.writeEndObject();
  }

  /** Reads what {@link #write} wrote. */
  public static Failure read(JsonNode json) {
    String failureClass = EventJson.text(json, "class");
    return new Failure(
        json.path("code").asString(),
        json.path("message").asString(),
        EventJson.text(json, "field"),
        failureClass == null ? null : FailureClass.valueOf(failureClass));
  }
}
