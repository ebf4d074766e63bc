package io.tillpost.estate.channel;

import io.tillpost.estate.middleware.Recovery;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a recovery request. */
final class RecoveryRequests {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  /** What a body turned out to be. */
  sealed interface Read {}

  /** A request. */
  record Understood(Recovery.Request request) implements Read {}

  /** Nothing that can be dealt with. */
  record NotUnderstood(int status, String why) implements Read {}

  private RecoveryRequests() {}

  static Read read(byte[] body, @Nullable String traceparent) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException e) {
      return new NotUnderstood(400, "The body is not JSON");
    }
    Recovery.Action action;
    try {
      action = Recovery.Action.valueOf(json.path("action").asString(""));
    } catch (IllegalArgumentException e) {
      return new NotUnderstood(400, "action is none of RETRY, EDIT_AND_RETRY, REPLAY, DISCARD");
    }
    String messageId = json.path("messageId").asString("");
    int attempt = json.path("attempt").asInt(0);
    if (messageId.isEmpty() || attempt < 1) {
      return new NotUnderstood(400, "messageId and attempt (from 1) are required");
    }
    String payload = null;
    if (action == Recovery.Action.EDIT_AND_RETRY) {
      payload = json.path("payload").path("body").asString("");
      String objection = objection(payload);
      if (objection != null) {
        return new NotUnderstood(422, objection);
      }
    }
    String trace =
        traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null;
    return new Understood(new Recovery.Request(action, messageId, attempt, trace, payload));
  }

  private static @Nullable String objection(String payload) {
    if (payload.isEmpty()) {
      return "EDIT_AND_RETRY needs a payload";
    }
    try {
      return JSON.readTree(payload).isObject() ? null : "The payload is not a JSON object";
    } catch (JacksonException e) {
      return "The payload is not JSON: " + e.getOriginalMessage();
    }
  }
}
