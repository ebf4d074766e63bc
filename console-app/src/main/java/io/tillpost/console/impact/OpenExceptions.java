package io.tillpost.console.impact;

import java.util.List;

/** The exceptions that have failed messages now. */
@FunctionalInterface
interface OpenExceptions {
  /** All of them, in any order. */
  List<OpenException> all();
}
