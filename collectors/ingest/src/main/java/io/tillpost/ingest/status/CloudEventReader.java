package io.tillpost.ingest.status;

import io.tillpost.message.Payload;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads CloudEvents of ours as they stream by. An event in which anything is odd (a wrong type, an
 * object missing) is not judged here: it is read once more as a tree, by {@link CloudEventInput},
 * which can say what is wrong. Members set to null are absent, unknown ones are skipped.
 */
final class CloudEventReader {
  private static final Map<String, EventField> TEXTS =
      Map.of(
          "id", EventField.ID,
          "source", EventField.SOURCE,
          "subject", EventField.MESSAGE_ID,
          "time", EventField.TIME);
  private static final Map<String, EventField> DATA_TEXTS =
      Map.ofEntries(
          Map.entry("stage", EventField.STAGE),
          Map.entry("workflow", EventField.WORKFLOW),
          Map.entry("capturedAt", EventField.CAPTURED_AT),
          Map.entry("correlationId", EventField.CORRELATION_ID),
          Map.entry("source", EventField.FROM_SYSTEM),
          Map.entry("target", EventField.TO_SYSTEM),
          Map.entry("storeId", EventField.STORE_ID),
          Map.entry("registerId", EventField.REGISTER_ID),
          Map.entry("businessDate", EventField.BUSINESS_DATE),
          Map.entry("schemaVersion", EventField.SCHEMA_VERSION));
  private static final Map<String, EventField> FAILURE_TEXTS =
      Map.of(
          "code", EventField.FAILURE_CODE,
          "message", EventField.FAILURE_MESSAGE,
          "field", EventField.FAILURE_FIELD,
          "class", EventField.FAILURE_CLASS);

  private final JsonParser json;
  private final EventFields fields = new EventFields();
  private boolean odd;
  private boolean version;
  private boolean type;
  private boolean data;

  CloudEventReader(JsonParser json) {
    this.json = json;
  }

  /**
   * Reads the value that begins at the parser's current token, to its end.
   *
   * @return null where it has to be looked at more closely; else good until the next call
   */
  @Nullable EventInput read() {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    fields.clear();
    odd = false;
    version = false;
    type = false;
    data = false;
    event();
    return odd || !version || !type || !data ? null : fields;
  }

  private void event() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "specversion" -> version = "1.0".equals(text(value));
        case "type" -> type = "io.tillpost.message-event.v1".equals(text(value));
        case "data" -> {
          data = object(value);
          if (data) {
            data();
          }
        }
        case "traceparent" -> {
          if (value == JsonToken.VALUE_STRING) {
            fields.putTrace(json.getString());
          } else {
            json.skipChildren();
          }
        }
        default -> known(TEXTS.get(name), value);
      }
    }
  }

  private void data() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "attempt" -> number(EventField.ATTEMPT, value);
        case "transactionNumber" -> number(EventField.TRANSACTION_NUMBER, value);
        case "amount" -> {
          if (object(value)) {
            fields.foundAmount();
            amount();
          }
        }
        case "failure" -> {
          if (object(value)) {
            fields.foundFailure();
            failure();
          }
        }
        case "keys" -> {
          if (object(value)) {
            keys();
          }
        }
        case "payload" -> {
          if (object(value)) {
            payload();
          }
        }
        default -> known(DATA_TEXTS.get(name), value);
      }
    }
  }

  private void amount() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "minor" -> number(EventField.AMOUNT_MINOR, value);
        case "currency" -> known(EventField.AMOUNT_CURRENCY, value);
        default -> json.skipChildren();
      }
    }
  }

  private void failure() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      known(FAILURE_TEXTS.get(name), json.nextToken());
    }
  }

  private void keys() {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      String text = text(json.nextToken());
      if (text != null) {
        fields.putKey(name, text);
      }
    }
  }

  private void payload() {
    String contentType = null;
    String body = null;
    String base64 = null;
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "contentType" -> contentType = text(value);
        case "body" -> body = text(value);
        case "bodyBase64" -> base64 = text(value);
        default -> json.skipChildren();
      }
    }
    if (body != null && base64 == null) {
      fields.putPayload(new Payload(contentType == null ? "text/plain" : contentType, body, false));
    } else {
      // Rare; and wrong where it has both.
      odd |= base64 != null;
    }
  }

  private void known(@Nullable EventField field, JsonToken value) {
    if (field == null) {
      json.skipChildren();
      return;
    }
    String text = text(value);
    if (text != null) {
      fields.put(field, text);
    }
  }

  private @Nullable String text(JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    absent(value);
    return null;
  }

  private void number(EventField field, JsonToken value) {
    if (value == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      fields.put(field, json.getLongValue());
    } else {
      absent(value);
    }
  }

  private boolean object(JsonToken value) {
    if (value == JsonToken.START_OBJECT) {
      return true;
    }
    absent(value);
    return false;
  }

  private void absent(JsonToken value) {
    odd |= value != JsonToken.VALUE_NULL;
    json.skipChildren();
  }
}
