package io.tillpost.console.exceptions;

import io.tillpost.console.exceptions.Addressees.Addressee;
import io.tillpost.console.security.Team;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.TriageComment;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that waits for somebody.
 *
 * @param fingerprint of the exception
 * @param title of the exception; null where it has none yet
 * @param id names it; the same for all whom it waits for
 * @param at when it was said or done
 * @param by the user name of who said or did it
 * @param team which is asked, or was given the exception; null where a person is asked by name
 * @param text of the comment, or null where the exception was given to the team
 */
record News(
    String fingerprint,
    @Nullable String title,
    String id,
    Instant at,
    String by,
    @Nullable String team,
    @Nullable String text) {
  /** What waits for them in this exception and is not older than that; each thing once. */
  static List<News> of(ExceptionGroup group, Addressee to, Instant since) {
    Map<String, News> all = new LinkedHashMap<>();
    if (to.isPerson() && group.waitsFor(to.id())) {
      group.comments().stream()
          .filter(
              comment ->
                  comment.at().isAfter(group.lastActedAt(to.id()))
                      && !comment.author().equals(to.id())
                      && comment.mentions(to.id()))
          .forEach(comment -> add(all, comment(group, comment, null)));
    }
    String me = to.isPerson() ? to.id() : "";
    for (Team team : to.teams()) {
      TeamMentions.waiting(group, team, me)
          .forEach(comment -> add(all, comment(group, comment, team.name())));
      TeamMentions.given(group, team, me)
          .ifPresent(
              given ->
                  add(
                      all,
                      new News(
                          group.fingerprint(),
                          group.title(),
                          id(group, given.at(), given.by()) + " team",
                          given.at(),
                          given.by(),
                          team.name(),
                          null)));
    }
    return all.values().stream().filter(one -> one.at.isAfter(since)).toList();
  }

  private static void add(Map<String, News> all, News one) {
    all.putIfAbsent(one.id, one);
  }

  private static News comment(ExceptionGroup group, TriageComment comment, @Nullable String team) {
    return new News(
        group.fingerprint(),
        group.title(),
        id(group, comment.at(), comment.author()),
        comment.at(),
        comment.author(),
        team,
        comment.text());
  }

  private static String id(ExceptionGroup group, Instant at, String by) {
    return "%s %s %s".formatted(group.fingerprint(), at, by);
  }

  /** What is done by it, after the name of who does it. */
  String words() {
    if (team == null) {
      return "asks you";
    }
    return (text == null ? "hands over to " : "asks ") + team;
  }
}
