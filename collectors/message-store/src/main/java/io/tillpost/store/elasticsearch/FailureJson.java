package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.store.json.Fields;
import io.tillpost.store.json.JsonBytes;
import tools.jackson.databind.JsonNode;

/** A failure as JSON, the same in events and in the state of a message. */
final class FailureJson {
  private FailureJson() {}

  static void write(JsonBytes json, Failure failure) {
    json.writeStartObject();
    new Fields(json)
        .text("code", failure.code())
        .text("message", failure.message())
        .text("field", failure.field())
        .text("class", failure.failureClass() == null ? null : failure.failureClass().name());
    json.writeEndObject();
  }

  static Failure read(JsonNode json) {
    String failureClass = Json.text(json, "class");
    return new Failure(
        json.path("code").asString(),
        json.path("message").asString(),
        Json.text(json, "field"),
        failureClass == null ? null : FailureClass.valueOf(failureClass));
  }
}
