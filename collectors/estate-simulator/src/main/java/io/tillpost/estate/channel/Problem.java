package io.tillpost.estate.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Bodies of the channel's answers; errors are {@code application/problem+json} (RFC 9457). */
public final class Problem {
  private static final JsonMapper JSON = new JsonMapper();

  private Problem() {}

  /** A problem in JSON. */
  public static String of(int status, String title, String detail) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "about:blank");
    problem.put("title", title);
    problem.put("status", status);
    problem.put("detail", detail);
    return JSON.writeValueAsString(problem);
  }

  static String json(Object value) {
    return JSON.writeValueAsString(value);
  }
}
