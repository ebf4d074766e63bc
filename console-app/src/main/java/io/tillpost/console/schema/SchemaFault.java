package io.tillpost.console.schema;

/**
 * One place where a payload breaks its schema.
 *
 * @param path of the field, as it is named where payloads are edited; empty for the whole text
 * @param rule stands for the rule that is broken; the same for the same rule
 * @param words what is needed, as a sentence
 */
public record SchemaFault(String path, String rule, String words) {
  /** Whether this is the same rule broken at the same place, whatever stands there. */
  public boolean isLike(SchemaFault other) {
    return path.equals(other.path) && rule.equals(other.rule);
  }
}
