package io.tillpost.console.classification;

import java.util.List;

/**
 * A rule that is about a failure.
 *
 * @param values what of the payload it matched, one for each field that it asks for; empty where it
 *     asks for none
 */
public record RuleMatch(ClassificationRule rule, List<FieldValue> values) {
  public RuleMatch {
    values = List.copyOf(values);
  }
}
