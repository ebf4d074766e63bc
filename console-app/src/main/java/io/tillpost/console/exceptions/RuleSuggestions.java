package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRule;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/** Makes a rule out of what somebody decided by hand. */
public class RuleSuggestions {
  private static final int MOST = 10_000;
  private static final Pattern RULES = Pattern.compile("(?m)^rules:[ \\t]*(?:#.*)?$");
  private static final Pattern NO_RULES = Pattern.compile("(?m)^rules:[ \\t]*\\[\\s*\\][ \\t]*$");

  private final FailureQueries failures;
  private final TriageRecords records;
  private final Classifier classifier;

  RuleSuggestions(FailureQueries failures, TriageRecords records, Classifier classifier) {
    this.failures = failures;
    this.records = records;
    this.classifier = classifier;
  }

  /**
   * A rule that gives by itself what was given by hand.
   *
   * @param rule its lines of YAML, with a line feed at the end
   * @param exceptions how many exceptions with this code got that class by hand, at least 1
   * @param words what is suggested, as a sentence
   */
  public record Suggestion(String rule, int exceptions, String words) {
    /** Whether it was done more than once: then it is worth saying. */
    public boolean isRepeated() {
      return exceptions > 1;
    }

    /** The text with this rule as the first one, so that no other comes before it. */
    public String first(String text) {
      String kept = text.stripTrailing() + "\n";
      Matcher none = NO_RULES.matcher(kept);
      if (none.find()) {
        return kept.substring(0, none.start()) + "rules:\n" + rule + kept.substring(none.end() + 1);
      }
      Matcher rules = RULES.matcher(kept);
      if (rules.find()) {
        return kept.substring(0, rules.end()) + "\n" + rule + kept.substring(rules.end() + 1);
      }
      return kept.isBlank() ? "rules:\n" + rule : kept + rule.replaceAll("(?m)^(?=.)", "# ");
    }
  }

  /**
   * The rule that is suggested; empty where nobody classified the exception by hand, or none of its
   * messages is failed any more. Where several exceptions with this code got the same class, it
   * goes by the code, else also by the text. The rule comes before all others, so it keeps the team
   * that has the exception, and whom the rule names that was about it until now.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<Suggestion> of(Fingerprint fingerprint) {
    FailureClass given = records.get(fingerprint).classOverride();
    return given == null
        ? Optional.empty()
        : failures.group(fingerprint).map(group -> suggestion(group, given));
  }

  private Suggestion suggestion(Group group, FailureClass given) {
    String code = group.sample().code();
    List<Group> alike =
        failures.groups(FailureFilter.ALL, MOST).stream()
            .filter(other -> other.sample().code().equals(code))
            .toList();
    Map<String, ExceptionGroup> decided =
        records.all(alike.stream().map(Group::fingerprint).toList());
    List<Group> same =
        alike.stream()
            .filter(
                other -> {
                  ExceptionGroup triage = decided.get(other.fingerprint().value());
                  return triage != null && triage.classOverride() == given;
                })
            .toList();
    int exceptions = Math.max(1, same.size());
    return new Suggestion(
        rule(group, given, same, owner(group)),
        exceptions,
        "%d exceptions with the code %s were classified by hand as %s."
            .formatted(exceptions, code, word(given).replace('-', ' ')));
  }

  /** The lines of YAML that keep who has it; empty where nothing says so. */
  private String owner(Group group) {
    ExceptionGroup triage = records.get(group.fingerprint());
    ClassificationRule rule =
        classifier.of(ExceptionSummary.subject(group)).map(RuleMatch::rule).orElse(null);
    String ruledTeam = rule == null ? null : rule.team();
    String team = triage.decidesTeam() ? triage.team() : ruledTeam;
    // Who took one exception by hand has not offered to take all that are like it.
    String assignee = rule == null ? null : rule.assignee();
    return line("team", team) + line("assignee", assignee);
  }

  private static String line(String key, @Nullable String value) {
    return value == null ? "" : "    " + key + ": " + quoted(value) + "\n";
  }

  private static String rule(Group group, FailureClass given, List<Group> same, String owner) {
    boolean repeated = same.size() > 1;
    StringBuilder rule = new StringBuilder();
    rule.append("  - rule: ").append(quoted(name(group, repeated))).append('\n');
    rule.append("    class: ").append(word(given)).append('\n');
    rule.append(owner);
    if (!repeated || same.stream().allMatch(g -> g.workflow().equals(group.workflow()))) {
      rule.append("    workflow: ").append(quoted(group.workflow())).append('\n');
    }
    String target = group.target();
    if (target != null && (!repeated || same.stream().allMatch(g -> target.equals(g.target())))) {
      rule.append("    target: ").append(quoted(target)).append('\n');
    }
    rule.append("    code: ").append(quoted(group.sample().code())).append('\n');
    String template = Fingerprint.template(group.sample().message());
    if (!repeated && !template.replace("*", "").isBlank()) {
      rule.append("    text: ").append(quoted(template)).append('\n');
    }
    return rule.toString();
  }

  private static String name(Group group, boolean repeated) {
    String name = repeated ? "Code " + group.sample().code() : ExceptionTitle.of(group.sample());
    return name.length() > 100 ? name.substring(0, 99) + "…" : name;
  }

  private static String word(FailureClass failureClass) {
    return failureClass.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As YAML reads it back, whatever a sender wrote. */
  private static String quoted(@Nullable String text) {
    StringBuilder quoted = new StringBuilder("\"");
    String given = text == null ? "" : text;
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\ufeff') {
        quoted.append("\\u%04x".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
