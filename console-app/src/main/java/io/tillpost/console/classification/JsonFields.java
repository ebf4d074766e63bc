package io.tillpost.console.classification;

import io.tillpost.console.classification.FieldPath.Step;
import io.tillpost.console.classification.PayloadFields.Found;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads fields of JSON token by token. */
final class JsonFields {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(PayloadFields.DEEPEST)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private JsonFields() {}

  static FieldValues read(String body, Found found) {
    List<Place> places = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT, START_ARRAY -> {
            next(places);
            places.add(new Place(token == JsonToken.START_ARRAY));
          }
          case END_OBJECT, END_ARRAY -> places.removeLast();
          case PROPERTY_NAME -> places.getLast().name = parser.currentName();
          default -> {
            next(places);
            collect(places, parser, found);
          }
        }
      }
      return found.values();
    } catch (JacksonException _) {
      return FieldValues.NONE;
    }
  }

  /** Something comes within the innermost list: it stands one further. */
  private static void next(List<Place> places) {
    if (!places.isEmpty() && places.getLast().list) {
      places.getLast().position++;
    }
  }

  private static void collect(List<Place> places, JsonParser parser, Found found) {
    for (FieldPath path : found.paths()) {
      if (leadsTo(path.steps(), places)) {
        found.add(path, words(places), parser.getString());
      }
    }
  }

  private static boolean leadsTo(List<Step> steps, List<Place> places) {
    if (steps.size() != places.size()) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      Place at = places.get(i);
      boolean same =
          switch (steps.get(i)) {
            case Step.Member(String name) -> !at.list && name.equals(at.name);
            case Step.Item(int position) ->
                at.list && (position == Step.ANY || position == at.position);
            case Step.Element _, Step.Attribute _ -> false;
          };
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static String words(List<Place> places) {
    StringBuilder words = new StringBuilder();
    for (Place place : places) {
      if (place.list) {
        words.append('[').append(place.position).append(']');
      } else {
        words.append(words.isEmpty() ? "" : ".").append(place.name);
      }
    }
    return words.toString();
  }

  /** Where one stands within an object or a list. */
  private static final class Place {
    private final boolean list;
    private int position = -1;
    private String name = "";

    Place(boolean list) {
      this.list = list;
    }
  }
}
