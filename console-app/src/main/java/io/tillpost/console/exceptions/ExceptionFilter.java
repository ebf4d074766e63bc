package io.tillpost.console.exceptions;

import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.store.FailureQueries.FailureFilter;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions. Everything given must hold; an empty set or null asks for nothing.
 *
 * @param workflows any of these
 * @param targets any of these
 * @param classes any of these, as they count
 * @param side this side has to act
 * @param assignee this user name; {@link #NOBODY} for those that nobody deals with
 * @param text a word of the failure, or a key's value of one of the messages
 */
public record ExceptionFilter(
    Set<String> workflows,
    Set<String> targets,
    Set<FailureClass> classes,
    @Nullable OwnerSide side,
    @Nullable String assignee,
    @Nullable String text) {
  /** The assignee of exceptions without one. */
  public static final String NOBODY = "nobody";

  /** All exceptions. */
  public static final ExceptionFilter ALL =
      new ExceptionFilter(Set.of(), Set.of(), Set.of(), null, null, null);

  public ExceptionFilter {
    workflows = Set.copyOf(workflows);
    targets = Set.copyOf(targets);
    classes = Set.copyOf(classes);
    text = text == null || text.isBlank() ? null : text.strip();
    assignee = assignee == null || assignee.isBlank() ? null : assignee.strip();
  }

  /** The part that the storage answers. */
  FailureFilter failures() {
    return new FailureFilter(workflows, targets, Set.of(), text);
  }

  /** The part that people's decisions answer. */
  boolean matches(ExceptionSummary summary) {
    return (classes.isEmpty() || classes.contains(summary.failureClass()))
        && (side == null || side == summary.ownerSide())
        && (assignee == null
            || assignee.equals(Objects.requireNonNullElse(summary.assignee(), NOBODY)));
  }
}
