package io.tillpost.console.classification;

/**
 * Something that is wrong in the text of the rules.
 *
 * @param line from 1
 * @param column from 1
 * @param message in words, without the place
 */
public record RuleProblem(int line, int column, String message) {
  @Override
  public String toString() {
    return "Line " + line + ", column " + column + ": " + message;
  }
}
