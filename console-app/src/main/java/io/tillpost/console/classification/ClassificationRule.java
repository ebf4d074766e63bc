package io.tillpost.console.classification;

import io.tillpost.console.text.Glob;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives failures that look like this a class, and may say who has to act on them. */
public final class ClassificationRule {
  private final int position;
  private final int line;
  private final String name;
  private final FailureClass failureClass;
  private final @Nullable OwnerSide side;
  private final @Nullable String team;
  private final @Nullable String assignee;
  private final String conditions;
  private final Conditions when;

  ClassificationRule(
      int position,
      int line,
      String name,
      FailureClass failureClass,
      @Nullable OwnerSide side,
      @Nullable String team,
      @Nullable String assignee,
      String conditions,
      Conditions when) {
    this.position = position;
    this.line = line;
    this.name = name;
    this.failureClass = failureClass;
    this.side = side;
    this.team = team;
    this.assignee = assignee;
    this.conditions = conditions;
    this.when = when;
  }

  /** Its place among the rules, from 1: the first that matches counts. */
  public int position() {
    return position;
  }

  /** Where it begins in the text, from 1. */
  public int line() {
    return line;
  }

  /** What it is called; no other rule is. */
  public String name() {
    return name;
  }

  /** The class it gives. */
  public FailureClass failureClass() {
    return failureClass;
  }

  /** Who has to act, or null to let the class say. */
  public @Nullable OwnerSide side() {
    return side;
  }

  /** Which team has them, up to 100 characters, or null to say none. */
  public @Nullable String team() {
    return team;
  }

  /**
   * The user name of who deals with them, or null to say nobody; who it was when the rule was saved
   * may be no user any more.
   */
  public @Nullable String assignee() {
    return assignee;
  }

  /** Like {@code rule 2 “Tax”}. */
  public String words() {
    return "rule %d “%s”".formatted(position, name);
  }

  /** What it looks at, in one line like {@code code HTTP_429 · target erp}. */
  public String conditions() {
    return conditions;
  }

  /** Whether it asks for a field of the payload. */
  public boolean asksForPayload() {
    return !when.payload().isEmpty();
  }

  /** What it asks of the payload. */
  List<FieldCondition> payload() {
    return when.payload();
  }

  /** Whether a failure is one of those it is about, as far as that is known without its payload. */
  boolean matches(String workflow, @Nullable String target, Failure failure) {
    return when.match(workflow, target, failure);
  }

  /** What it matches in the payload; empty where it asks for something that is not so. */
  Optional<RuleMatch> match(FieldValues values) {
    List<FieldValue> matched = new ArrayList<>();
    for (FieldCondition condition : when.payload()) {
      Optional<FieldValue> value = condition.match(values);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      matched.add(value.get());
    }
    return Optional.of(new RuleMatch(this, matched));
  }

  /**
   * What has to hold, all of it; an empty list asks for nothing.
   *
   * @param fields of the payload, as failures point at them, positions in lists taken out
   * @param payload what has to stand in the payload
   */
  record Conditions(
      List<Glob> workflows,
      List<Glob> targets,
      List<Glob> codes,
      List<Glob> texts,
      List<Glob> fields,
      List<StatusRange> statuses,
      List<FieldCondition> payload) {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** All but {@link #payload}. */
    boolean match(String workflow, @Nullable String target, Failure failure) {
      return any(workflows, workflow)
          && any(targets, target)
          && any(codes, failure.code())
          && any(texts, SPACES.matcher(failure.message()).replaceAll(" "))
          && any(fields, withoutPositions(failure.field()))
          && (statuses.isEmpty() || hasStatus(failure));
    }

    private boolean hasStatus(Failure failure) {
      OptionalInt status = HttpStatusOf.failure(failure);
      return status.isPresent() && statuses.stream().anyMatch(r -> r.contains(status.getAsInt()));
    }

    private static boolean any(List<Glob> patterns, @Nullable String text) {
      return patterns.isEmpty()
          || (text != null && patterns.stream().anyMatch(pattern -> pattern.matches(text)));
    }
  }

  /** {@code lines[].taxCode} of {@code lines[2].taxCode}; null stays null. */
  static @Nullable String withoutPositions(@Nullable String field) {
    return field == null ? null : field.replaceAll("\\[[\\d*]*]", "[]");
  }
}
