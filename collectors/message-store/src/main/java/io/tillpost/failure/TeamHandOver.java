package io.tillpost.failure;

import java.time.Instant;

/**
 * Somebody gave an exception to a team, and nobody dealt with it then: someone of the team has to
 * take it.
 *
 * @param at when
 * @param by the user name of who gave it
 * @param team which team
 */
public record TeamHandOver(Instant at, String by, String team) {
  /** The exception with this as the latest; to be told after the act that did it. */
  public ExceptionGroup writtenTo(ExceptionGroup group) {
    GroupDraft draft = new GroupDraft(group);
    draft.teamGiven = this;
    return draft.group();
  }
}
