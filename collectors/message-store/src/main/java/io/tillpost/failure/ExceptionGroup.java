package io.tillpost.failure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about an exception: the messages with one fingerprint. How many those are is
 * asked of the messages, never kept here.
 *
 * @param fingerprint names the exception
 * @param title what it is called in plain language, kept for when none of its messages is failed
 *     any more; null until somebody names it
 * @param classOverride the class that somebody gave it, or null for what the reporting system says
 * @param sideOverride who somebody said has to act, or null for what follows from the class
 * @param team of the assignee, or null
 * @param assignee the user name of who deals with it, or null for nobody
 * @param status where it stands
 * @param ignoredUntil how long it is ignored; null unless its status is {@code IGNORED}
 * @param comments oldest first; only ever added to
 * @param history what happened, oldest first; only ever added to
 */
public record ExceptionGroup(
    String fingerprint,
    @Nullable String title,
    @Nullable FailureClass classOverride,
    @Nullable OwnerSide sideOverride,
    @Nullable String team,
    @Nullable String assignee,
    ExceptionStatus status,
    @Nullable IgnoredUntil ignoredUntil,
    List<TriageComment> comments,
    List<TriageStep> history) {
  public ExceptionGroup {
    comments = List.copyOf(comments);
    history = List.copyOf(history);
  }

  /** The exception before anybody did anything about it. */
  public static ExceptionGroup fresh(Fingerprint fingerprint) {
    return new ExceptionGroup(
        fingerprint.value(),
        null,
        null,
        null,
        null,
        null,
        ExceptionStatus.NEW,
        null,
        List.of(),
        List.of());
  }

  /** Called so from now on; nothing that happened, so the history stays as it is. */
  public ExceptionGroup titled(String newTitle) {
    return new ExceptionGroup(
        fingerprint,
        newTitle,
        classOverride,
        sideOverride,
        team,
        assignee,
        status,
        ignoredUntil,
        comments,
        history);
  }

  /** The class that counts: what somebody said, else what the failure claims. */
  public FailureClass classOf(Failure failure) {
    return classOverride == null ? failure.classOrUnknown() : classOverride;
  }

  /** The side that has to act: what somebody said, else what follows from the class. */
  public OwnerSide sideOf(Failure failure) {
    return sideOverride == null ? classOf(failure).owner() : sideOverride;
  }

  /** Classified by somebody; null takes an earlier classification back. */
  public ExceptionGroup classified(@Nullable FailureClass to, String actor, Instant now) {
    String what =
        to == null ? "took the classification back" : "classified it as " + words(to.name());
    return acted(to, sideOverride, team, assignee, comments, actor, what, now);
  }

  /** Given to one side by somebody; null goes by the class again. */
  public ExceptionGroup ownedBy(@Nullable OwnerSide side, String actor, Instant now) {
    String what =
        side == null ? "let the class decide who has to act" : "gave it to " + words(side.name());
    return acted(classOverride, side, team, assignee, comments, actor, what, now);
  }

  /** Assigned by somebody; null for nobody. */
  public ExceptionGroup assigned(
      @Nullable String to, @Nullable String newTeam, String actor, Instant now) {
    String what =
        to == null
            ? "took the assignment away"
            : "assigned it to " + (to.equals(actor) ? "themselves" : to);
    return acted(classOverride, sideOverride, newTeam, to, comments, actor, what, now);
  }

  /** With one more comment. */
  public ExceptionGroup commented(String text, String actor, Instant now) {
    List<TriageComment> more = new ArrayList<>(comments);
    more.add(new TriageComment(now, actor, text));
    return acted(classOverride, sideOverride, team, assignee, more, actor, "commented", now);
  }

  /**
   * Ignored until it becomes worse; empty where it cannot be ignored, because a recovery runs or
   * nothing is failed.
   *
   * @param reason why, in words
   */
  public Optional<ExceptionGroup> ignored(
      IgnoredUntil until, String reason, String actor, Instant now) {
    return after(ExceptionEvent.IGNORED, actor, "ignored it: " + reason, now)
        .map(
            group ->
                new ExceptionGroup(
                    fingerprint,
                    group.title,
                    classOverride,
                    sideOverride,
                    team,
                    assignee,
                    group.status,
                    until,
                    comments,
                    group.history));
  }

  /** When a person last did something about it; empty if nobody ever did. */
  public Optional<Instant> lastActedAt() {
    return history.reversed().stream()
        .filter(step -> step.actor() != null)
        .map(TriageStep::at)
        .findFirst();
  }

  /**
   * After something that is not an act of triage; empty where the event means nothing in this
   * status.
   */
  public Optional<ExceptionGroup> after(
      ExceptionEvent event, @Nullable String actor, String what, Instant now) {
    return ExceptionTransitions.next(status, event)
        .map(
            next ->
                with(
                    classOverride, sideOverride, team, assignee, next, comments, actor, what, now));
  }

  private ExceptionGroup acted(
      @Nullable FailureClass newClass,
      @Nullable OwnerSide newSide,
      @Nullable String newTeam,
      @Nullable String newAssignee,
      List<TriageComment> newComments,
      String actor,
      String what,
      Instant now) {
    ExceptionStatus next =
        ExceptionTransitions.next(status, ExceptionEvent.ACTED_ON).orElse(status);
    return with(newClass, newSide, newTeam, newAssignee, next, newComments, actor, what, now);
  }

  private ExceptionGroup with(
      @Nullable FailureClass newClass,
      @Nullable OwnerSide newSide,
      @Nullable String newTeam,
      @Nullable String newAssignee,
      ExceptionStatus next,
      List<TriageComment> newComments,
      @Nullable String actor,
      String what,
      Instant now) {
    List<TriageStep> steps = new ArrayList<>(history);
    steps.add(new TriageStep(now, actor, next, what));
    return new ExceptionGroup(
        fingerprint,
        title,
        newClass,
        newSide,
        newTeam,
        newAssignee,
        next,
        next == ExceptionStatus.IGNORED ? ignoredUntil : null,
        newComments,
        steps);
  }

  private static String words(String name) {
    return name.equals("IT") ? name : name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
