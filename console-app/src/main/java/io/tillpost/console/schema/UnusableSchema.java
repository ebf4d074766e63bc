package io.tillpost.console.schema;

/** A file is no schema that can be used; the message says why, to follow "cannot be used: ". */
final class UnusableSchema extends Exception {
  UnusableSchema(String why) {
    super(why);
  }
}
