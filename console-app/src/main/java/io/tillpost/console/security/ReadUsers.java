package io.tillpost.console.security;

import java.nio.file.Path;
import java.util.Map;

/** What came out of reading a users file. */
sealed interface ReadUsers {

  /** By login name; never empty. */
  record Users(Map<String, FileUser> byId) implements ReadUsers {}

  /**
   * The file cannot be used.
   *
   * @param line counted from 1; 0 if it is about the whole file
   */
  record Refused(Path file, int line, String reason) implements ReadUsers {
    String sentence() {
      return "The users file " + file + (line > 0 ? ", line " + line : "") + ": " + reason;
    }
  }
}
