package io.tillpost.console.schema;

import java.util.regex.Pattern;

/** How fields of JSON are named where payloads are edited, like {@code lines[2].taxCode}. */
public final class JsonPath {
  private static final Pattern PLAIN_NAME = Pattern.compile("[^.\\[\\]\"/]+");

  private JsonPath() {}

  /** A member of an object; a name that has signs of a path in it is quoted. */
  public static String member(String path, String name) {
    if (!PLAIN_NAME.matcher(name).matches()) {
      return path + "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
    }
    return path.isEmpty() ? name : path + "." + name;
  }

  /** An element of a list, counted from 0. */
  public static String element(String path, int index) {
    return path + "[" + index + "]";
  }
}
