package io.tillpost.failure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about an exception: the messages with one fingerprint, or as people put them
 * together ({@link Grouping}). How many those are is asked of the messages, never kept here.
 *
 * @param fingerprint names the exception
 * @param title what it is called in plain language, kept for when none of its messages is failed
 *     any more; null until somebody names it
 * @param classOverride the class that somebody gave it, or null for what the reporting system says
 * @param sideOverride who somebody said has to act, or null for what follows from the class
 * @param team which somebody gave it to, or null
 * @param assignee the user name of who somebody assigned it to, or null
 * @param noTeam whether somebody decided that no team has it; else a missing team is what a rule
 *     says
 * @param nobody whether somebody decided that nobody deals with it; else a missing assignee is who
 *     a rule says
 * @param status where it stands
 * @param ignoredUntil how long it is ignored; null unless its status is {@code IGNORED}
 * @param comments oldest first; only ever added to
 * @param history what happened, oldest first; only ever added to, but that of what happened by
 *     itself over and over the first and the latest are kept
 * @param ticket the address of a ticket about it in another system, http or https, or null
 * @param sides when it went over to the other side, oldest first; only ever added to, but that the
 *     latest {@value SideHistory#KEPT} are kept one by one
 * @param earlierSides what those before came to; null while all are kept
 * @param requests names of the latest requests that were done to it, oldest first, up to {@value
 *     #REQUESTS_KEPT}: one that comes again is not done again
 * @param part what is special about its messages, in words, where somebody split them off another
 *     exception; else null
 * @param retryStoppedBy the user name of who stopped the automatic retry of its messages, or null
 *     while nobody has
 * @param side who had to act when that was last looked at, or null where it never was
 * @param sideByRule whether a classification rule said so
 * @param teamGiven the latest hand-over to a team while nobody dealt with it, or null
 */
public record ExceptionGroup(
    String fingerprint,
    @Nullable String title,
    @Nullable FailureClass classOverride,
    @Nullable OwnerSide sideOverride,
    @Nullable String team,
    @Nullable String assignee,
    boolean noTeam,
    boolean nobody,
    ExceptionStatus status,
    @Nullable IgnoredUntil ignoredUntil,
    List<TriageComment> comments,
    List<TriageStep> history,
    @Nullable String ticket,
    List<SideChange> sides,
    @Nullable EarlierSides earlierSides,
    List<String> requests,
    @Nullable String part,
    @Nullable String retryStoppedBy,
    @Nullable OwnerSide side,
    boolean sideByRule,
    @Nullable TeamHandOver teamGiven) {
  private static final int REQUESTS_KEPT = 100;

  public ExceptionGroup {
    comments = List.copyOf(comments);
    history = List.copyOf(history);
    sides = List.copyOf(sides);
    requests = List.copyOf(requests);
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
        false,
        false,
        ExceptionStatus.NEW,
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        null,
        List.of(),
        null,
        null,
        null,
        false,
        null);
  }

  /** Called so from now on; nothing that happened, so the history stays as it is. */
  public ExceptionGroup titled(String newTitle) {
    GroupDraft draft = new GroupDraft(this);
    draft.title = newTitle;
    return draft.group();
  }

  /** Whether the request with this name was done. */
  public boolean hasRequest(String name) {
    return requests.contains(name);
  }

  /** The name that begins like this of a request that was done; empty if there is none. */
  public Optional<String> request(String beginning) {
    return requests.stream().filter(name -> name.startsWith(beginning)).findFirst();
  }

  /** With the name of the request that was done. */
  public ExceptionGroup requested(String name) {
    GroupDraft draft = new GroupDraft(this);
    draft.requests.add(name);
    while (draft.requests.size() > REQUESTS_KEPT) {
      draft.requests.removeFirst();
    }
    return draft.group();
  }

  /**
   * After a merge or a split; empty where it was told of that already.
   *
   * @param like from which it takes class, owner and assignee; null for none
   */
  public Optional<ExceptionGroup> regrouped(RegroupStep step, @Nullable ExceptionGroup like) {
    if (history.stream().anyMatch(s -> s.at().equals(step.at()) && s.what().equals(step.what()))) {
      return Optional.empty();
    }
    GroupDraft draft = new GroupDraft(this);
    if (like != null) {
      draft.classOverride = like.classOverride();
      draft.sideOverride = like.sideOverride();
      draft.team = like.team();
      draft.assignee = like.assignee();
      draft.noTeam = like.noTeam();
      draft.nobody = like.nobody();
    }
    if (step.part() != null) {
      draft.part = step.part();
    }
    if (title == null) {
      draft.title = step.title();
    }
    ExceptionGroup after =
        draft.step(
            ExceptionTransitions.next(status, step.event()).orElse(status),
            step.by(),
            step.what(),
            step.at());
    String request = step.request();
    return Optional.of(request == null || hasRequest(request) ? after : after.requested(request));
  }

  /** The class that counts: what somebody said, else what the failure claims. */
  public FailureClass classOf(Failure failure) {
    return classOverride == null ? failure.classOrUnknown() : classOverride;
  }

  /** The side that has to act: what somebody said, else what follows from the class. */
  public OwnerSide sideOf(Failure failure) {
    return sideOverride == null ? classOf(failure).owner() : sideOverride;
  }

  /**
   * Classified by somebody; null takes an earlier classification back.
   *
   * @param note what who has to act then needs to know, or null
   */
  public ExceptionGroup classified(
      @Nullable FailureClass to, @Nullable String note, String actor, Instant now) {
    String what =
        to == null ? "took the classification back" : "classified it as " + SideHistory.words(to);
    return acted(
        draft -> draft.classOverride = to, actor, note == null ? what : what + ": " + note, now);
  }

  /**
   * Given to one side by somebody; null goes by the class again.
   *
   * @param note what that side needs to know, or null
   */
  public ExceptionGroup ownedBy(
      @Nullable OwnerSide side, @Nullable String note, String actor, Instant now) {
    String what =
        side == null
            ? "let the class decide who has to act"
            : "gave it to " + SideHistory.words(side);
    return acted(
        draft -> draft.sideOverride = side, actor, note == null ? what : what + ": " + note, now);
  }

  /** Which side has had to act, and since when. */
  public SideHistory sideHistory() {
    return new SideHistory(sides, earlierSides, side, sideByRule);
  }

  /** With the other side from now on; to be told after the act that did it, whatever that was. */
  public ExceptionGroup handedOver(
      OwnerSide from, OwnerSide to, @Nullable String note, String actor, Instant now) {
    GroupDraft draft = new GroupDraft(this);
    draft.sides = sideHistory().handedOver(new SideChange(now, actor, from, to, note));
    return draft.group();
  }

  /** As somebody finds it who looks who has to act: see {@link SideHistory#found}. */
  public Optional<ExceptionGroup> foundWith(OwnerSide found, @Nullable String rule, Instant now) {
    return sideHistory().found(found, rule, now).map(history -> with(history, now));
  }

  /** The same right before somebody's act: see {@link SideHistory#foundBeforeAct}. */
  public Optional<ExceptionGroup> foundBeforeAct(
      OwnerSide found, @Nullable String rule, Instant now) {
    return sideHistory().foundBeforeAct(found, rule, now).map(history -> with(history, now));
  }

  private ExceptionGroup with(SideHistory.Found found, Instant now) {
    GroupDraft draft = new GroupDraft(this);
    draft.sides = found.after();
    return found.what() == null ? draft.group() : draft.step(status, null, found.what(), now);
  }

  /** Whether somebody said which team has it, be it none: then no rule says so. */
  public boolean decidesTeam() {
    return team != null || noTeam;
  }

  /** Whether somebody said who deals with it, be it nobody: then no rule says so. */
  public boolean decidesAssignee() {
    return assignee != null || nobody;
  }

  /** Given by somebody to a person and a team; null for nobody and for no team. */
  public ExceptionGroup assigned(
      @Nullable String to, @Nullable String newTeam, String actor, Instant now) {
    return acted(
        draft -> {
          draft.assignee = to;
          draft.nobody = to == null;
          draft.team = newTeam;
          draft.noTeam = newTeam == null;
        },
        actor,
        assigning(to, actor),
        now);
  }

  /** Given by somebody to a person; null for nobody. The team stays, by hand or by rule. */
  public ExceptionGroup assignedTo(@Nullable String to, String actor, Instant now) {
    return acted(
        draft -> {
          draft.assignee = to;
          draft.nobody = to == null;
        },
        actor,
        assigning(to, actor),
        now);
  }

  /** Given by somebody to a team; null for none. Who deals with it stays, by hand or by rule. */
  public ExceptionGroup givenToTeam(@Nullable String newTeam, String actor, Instant now) {
    return acted(
        draft -> {
          draft.team = newTeam;
          draft.noTeam = newTeam == null;
        },
        actor,
        newTeam == null ? "took it from its team" : "gave it to the team " + newTeam,
        now);
  }

  /** Put back by somebody to the person and the team that a rule says, if any does. */
  public ExceptionGroup assignedByRule(String actor, Instant now) {
    return acted(
        draft -> {
          draft.assignee = null;
          draft.nobody = false;
          draft.team = null;
          draft.noTeam = false;
        },
        actor,
        "let the rules decide who deals with it",
        now);
  }

  private static String assigning(@Nullable String to, String actor) {
    return to == null
        ? "took the assignment away"
        : "assigned it to " + (to.equals(actor) ? "themselves" : to);
  }

  /** With one more comment. */
  public ExceptionGroup commented(String text, String actor, Instant now) {
    return acted(
        draft -> draft.comments.add(new TriageComment(now, actor, text)), actor, "commented", now);
  }

  /** With a ticket in another system; null for none. */
  public ExceptionGroup ticketed(@Nullable String address, String actor, Instant now) {
    return acted(
        draft -> draft.ticket = address,
        actor,
        address == null ? "took the ticket away" : "linked the ticket " + address,
        now);
  }

  /**
   * With its automatic retry stopped by somebody.
   *
   * @param reason why, in words
   */
  public ExceptionGroup automaticRetryStopped(String reason, String actor, Instant now) {
    return acted(
        draft -> draft.retryStoppedBy = actor,
        actor,
        "stopped the automatic retry: " + reason,
        now);
  }

  /** With its automatic retry started again by somebody. */
  public ExceptionGroup automaticRetryStarted(String actor, Instant now) {
    return acted(
        draft -> draft.retryStoppedBy = null, actor, "started the automatic retry again", now);
  }

  /**
   * Whether a comment names this person, like {@code @anna}, and they have not done anything about
   * the exception since.
   *
   * @param login the user name, in any case of letters
   */
  public boolean waitsFor(String login) {
    Instant acted = lastActedAt(login);
    return comments.stream()
        .anyMatch(
            comment ->
                comment.at().isAfter(acted)
                    && !comment.author().equals(login)
                    && comment.mentions(login));
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
            group -> {
              GroupDraft draft = new GroupDraft(group);
              draft.ignoredUntil = until;
              return draft.group();
            });
  }

  /** When this person last did something about it; {@link Instant#MIN} if they never did. */
  public Instant lastActedAt(String login) {
    return history.stream()
        .filter(step -> login.equals(step.actor()))
        .map(TriageStep::at)
        .reduce(Instant.MIN, (a, b) -> a.isAfter(b) ? a : b);
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
        .map(next -> new GroupDraft(this).step(next, actor, what, now));
  }

  private ExceptionGroup acted(
      Consumer<GroupDraft> change, String actor, String what, Instant now) {
    GroupDraft draft = new GroupDraft(this);
    change.accept(draft);
    return draft.step(
        ExceptionTransitions.next(status, ExceptionEvent.ACTED_ON).orElse(status),
        actor,
        what,
        now);
  }
}
