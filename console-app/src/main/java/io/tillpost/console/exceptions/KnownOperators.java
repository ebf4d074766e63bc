package io.tillpost.console.exceptions;

/** Tells to whom an exception may be assigned. */
@FunctionalInterface
interface KnownOperators {
  /** Whether somebody has this user name. */
  boolean knows(String id);
}
