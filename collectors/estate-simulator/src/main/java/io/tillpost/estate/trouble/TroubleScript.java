package io.tillpost.estate.trouble;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads the scripts, which lie beside this class as {@code <scenario>.json}. */
public final class TroubleScript {
  /** The scenarios there are. */
  public static final List<String> SCENARIOS = List.of("default", "calm");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private TroubleScript() {}

  /** The troubles of one of the {@link #SCENARIOS}, in the order of the script. */
  public static List<Trouble> of(String scenario) {
    try (InputStream script = TroubleScript.class.getResourceAsStream(scenario + ".json")) {
      if (script == null) {
        throw new IllegalArgumentException("There is no scenario named " + scenario);
      }
      return JSON.readValue(script, new TypeReference<List<Trouble>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
