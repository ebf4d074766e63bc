package io.tillpost.store.elasticsearch;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

/** Reads the answer to a bulk request as it comes; items are in the order of the actions. */
final class BulkAnswer {
  /** What of an answer is asked for. */
  static final String PATHS =
      "items.*.status,items.*._seq_no,items.*._primary_term,items.*.error.type,items.*.error.reason";

  /** What of an answer is asked for where only failures matter. */
  static final String ERRORS = "errors,items.*.error.type";

  private static final String CONFLICT = "version_conflict_engine_exception";

  /** Reads a value that others follow. */
  private static final ObjectReader VALUE =
      Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final BulkBody.Version NONE = new BulkBody.Version(-1, -1);

  private BulkAnswer() {}

  /**
   * What became of one action.
   *
   * @param version of the document that was written; meaningless where none was
   * @param error an object with {@code type} and {@code reason}; missing where it was done
   */
  record Item(int status, BulkBody.Version version, JsonNode error) {}

  /**
   * How many actions were not done.
   *
   * @param conflicts because of the version that is there
   * @param others for any other reason, or for none that the answer tells
   */
  record Errors(int conflicts, int others) {
    static final Errors NONE = new Errors(0, 0);
  }

  /** What an answer to a request for {@link #ERRORS} says. */
  static Errors errors(JsonParser json) {
    boolean any = true;
    int conflicts = 0;
    int others = 0;
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("errors")) {
        any = value != JsonToken.VALUE_FALSE;
      } else if (value == JsonToken.START_ARRAY && name.equals("items")) {
        // Of an action that was done nothing was asked for.
        for (Item item : items(json)) {
          if (item.error().path("type").asString("").equals(CONFLICT)) {
            conflicts++;
          } else {
            others++;
          }
        }
      } else {
        json.skipChildren();
      }
    }
    if (!any) {
      return Errors.NONE;
    }
    return new Errors(conflicts, conflicts + others == 0 ? 1 : others);
  }

  /** The items of an answer; none where it is something else. */
  static List<Item> read(JsonParser json) {
    List<Item> items = new ArrayList<>();
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean ofItems = json.currentName().equals("items");
      if (json.nextToken() != JsonToken.START_ARRAY || !ofItems) {
        json.skipChildren();
        continue;
      }
      items.addAll(items(json));
    }
    return items;
  }

  /** Those of an array that was begun. */
  private static List<Item> items(JsonParser json) {
    List<Item> items = new ArrayList<>();
    while (json.nextToken() == JsonToken.START_OBJECT) {
      // The name of the action, and its object.
      json.nextToken();
      json.nextToken();
      items.add(item(json));
      json.nextToken();
    }
    return items;
  }

  private static Item item(JsonParser json) {
    int status = 0;
    long seqNo = -1;
    long primaryTerm = -1;
    JsonNode error = Json.MAPPER.missingNode();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "status" -> status = json.getIntValue();
        case "_seq_no" -> seqNo = json.getLongValue();
        case "_primary_term" -> primaryTerm = json.getLongValue();
        case "error" -> error = VALUE.readTree(json);
        default -> {
          if (value.isStructStart()) {
            json.skipChildren();
          }
        }
      }
    }
    return new Item(status, seqNo < 0 ? NONE : new BulkBody.Version(seqNo, primaryTerm), error);
  }
}
