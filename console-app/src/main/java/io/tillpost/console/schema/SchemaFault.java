package io.tillpost.console.schema;

/**
 * One place where a payload breaks its schema.
 *
 * @param path of the field, as it is named where payloads are edited; empty for the whole text
 * @param rule stands for the rule that is broken; the same for the same rule
 * @param words what is needed, as a sentence that quotes no value of the payload
 */
public record SchemaFault(String path, String rule, String words) {
  /** Which rule is broken where, whatever stands there. */
  public record Place(String path, String rule) {}

  /** The rule and the field without the words, which may tell of the value. */
  public Place place() {
    return new Place(path, rule);
  }
}
