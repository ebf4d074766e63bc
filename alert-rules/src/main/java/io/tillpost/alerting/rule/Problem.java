package io.tillpost.alerting.rule;

/**
 * What is wrong in a rule file, and exactly where.
 *
 * @param file as configured
 * @param line from 1
 * @param column from 1, in characters
 * @param message one sentence that says what is wrong and what would be right
 */
public record Problem(String file, int line, int column, String message) {
  /** Like {@code rules.yml:12:5: unknown key 'severty'; did you mean 'severity'?}. */
  @Override
  public String toString() {
    return file + ":" + line + ":" + column + ": " + message;
  }
}
