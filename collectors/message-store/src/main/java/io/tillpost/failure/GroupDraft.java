package io.tillpost.failure;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception that is being changed; lives for one change only. */
final class GroupDraft {
  /** So many steps that happened by themselves are kept in a row: the first and the latest. */
  private static final int BY_ITSELF = 50;

  private final String fingerprint;
  @Nullable String title;
  @Nullable FailureClass classOverride;
  @Nullable OwnerSide sideOverride;
  @Nullable String team;
  @Nullable String assignee;
  boolean noTeam;
  boolean nobody;
  private ExceptionStatus status;
  @Nullable IgnoredUntil ignoredUntil;
  final List<TriageComment> comments;
  private final List<TriageStep> history;
  @Nullable String ticket;
  SideHistory sides;
  final List<String> requests;
  @Nullable String part;
  @Nullable String retryStoppedBy;
  @Nullable TeamHandOver teamGiven;

  GroupDraft(ExceptionGroup group) {
    fingerprint = group.fingerprint();
    title = group.title();
    classOverride = group.classOverride();
    sideOverride = group.sideOverride();
    team = group.team();
    assignee = group.assignee();
    noTeam = group.noTeam();
    nobody = group.nobody();
    status = group.status();
    ignoredUntil = group.ignoredUntil();
    comments = new ArrayList<>(group.comments());
    history = new ArrayList<>(group.history());
    ticket = group.ticket();
    sides = group.sideHistory();
    requests = new ArrayList<>(group.requests());
    part = group.part();
    retryStoppedBy = group.retryStoppedBy();
    teamGiven = group.teamGiven();
  }

  /** With what happened; only what is ignored has an end of that. */
  ExceptionGroup step(ExceptionStatus next, @Nullable String actor, String what, Instant now) {
    status = next;
    if (next != ExceptionStatus.IGNORED) {
      ignoredUntil = null;
    }
    history.add(new TriageStep(now, actor, next, what));
    int row = 0;
    while (row < history.size() && history.get(history.size() - 1 - row).actor() == null) {
      row++;
    }
    if (row > BY_ITSELF) {
      // What comes and goes all day must not fill the history of what people did.
      history.remove(history.size() - row + 1);
    }
    return group();
  }

  ExceptionGroup group() {
    return new ExceptionGroup(
        fingerprint,
        title,
        classOverride,
        sideOverride,
        team,
        assignee,
        noTeam,
        nobody,
        status,
        ignoredUntil,
        comments,
        history,
        ticket,
        sides.changes(),
        sides.earlier(),
        requests,
        part,
        retryStoppedBy,
        sides.side(),
        sides.byRule(),
        teamGiven);
  }
}
