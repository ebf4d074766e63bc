package io.tillpost.console.security;

import java.nio.file.Path;
import java.util.Map;

/** What came out of reading a users file. */
sealed interface ReadUsers {

  /** By login name; never empty. */
  record Users(Map<String, FileUser> byId, Teams teams) implements ReadUsers {}

  /** The users are right, and a team is not. */
  record WithoutTeams(Map<String, FileUser> byId, Refused why) implements ReadUsers {}

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
