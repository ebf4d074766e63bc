package io.tillpost.console.exceptions;

import java.util.HashMap;
import java.util.Map;

/** Tells to whom an exception may be assigned. */
@FunctionalInterface
interface KnownOperators {
  /** Whether somebody has this user name. */
  boolean knows(String id);

  /** The same, asked once for each user name; for one list and one thread. */
  default KnownOperators remembered() {
    Map<String, Boolean> asked = new HashMap<>();
    return id -> asked.computeIfAbsent(id, this::knows);
  }
}
