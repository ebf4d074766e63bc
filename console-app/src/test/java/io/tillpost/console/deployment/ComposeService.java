package io.tillpost.console.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One service of a Compose file; what it does not say reads as empty. */
record ComposeService(String name, Map<String, Object> keys) {

  String text(String key) {
    return String.valueOf(keys.getOrDefault(key, ""));
  }

  /** A sequence as its texts. */
  List<String> list(String key) {
    List<String> texts = new ArrayList<>();
    for (Object entry : (List<?>) keys.getOrDefault(key, List.of())) {
      texts.add(String.valueOf(entry));
    }
    return texts;
  }

  /** A mapping; a key of it that is no text fails the test that asks. */
  Map<String, Object> map(String key) {
    return ComposeFile.map(keys.getOrDefault(key, Map.of()));
  }

  /** Whether it does its work once and ends. */
  boolean runsOnce() {
    return text("restart").equals("no");
  }

  @Override
  public String toString() {
    return name;
  }
}
