package io.tillpost.store.elasticsearch;

import io.tillpost.store.DailyData;
import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Whole daily indices: dropping one costs nothing that grows with what is in it. */
final class ElasticsearchDailyData implements DailyData {
  private final Http http;
  private final Schema schema;

  ElasticsearchDailyData(Http http, Schema schema) {
    this.http = http;
    this.schema = schema;
  }

  @Override
  public Set<LocalDate> days(Kind kind) {
    DailyIndex indices = indices(kind);
    Http.Answer answer = http.call("GET", "/" + indices.all() + "/_settings", null);
    if (!answer.isOk()) {
      throw Http.refused(answer);
    }
    JsonNode found = answer.body();
    Set<LocalDate> days = new TreeSet<>();
    found.propertyNames().forEach(name -> indices.day(name).ifPresent(days::add));
    return days;
  }

  @Override
  public void drop(Kind kind, LocalDate day) {
    // Named whole: a pattern could drop more than was meant.
    Http.Answer answer = http.call("DELETE", "/" + indices(kind).on(day), null);
    if (!answer.isOk() && answer.status() != 404) {
      throw Http.refused(answer);
    }
  }

  private DailyIndex indices(Kind kind) {
    return switch (kind) {
      case EVENTS -> schema.events();
      case SPANS -> schema.spans();
      case MESSAGES -> schema.messages();
    };
  }
}
