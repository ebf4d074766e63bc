package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which exceptions. Everything given must hold; an empty set or null asks for nothing. Workflows,
 * targets, stores, regions, keys and text choose among the failed messages, so that what is counted
 * is counted of these only; the others choose among the exceptions that come of it.
 *
 * @param workflows any of these
 * @param targets any of these
 * @param stores any of these, by id
 * @param regions any of these, as the store directory names them
 * @param keys each of these keys has exactly this value, like {@code sku} and {@code A-100}
 * @param text words of the failure, or keys' values of one of the messages
 * @param statuses any of these
 * @param classes any of these, as they count
 * @param side this side has to act
 * @param assignee this user name, or a comment that names them waits for them; {@link #NOBODY} for
 *     those that nobody deals with
 * @param team this team has it; {@link #NO_TEAM} for those that none has, {@link #MY_TEAMS} for
 *     those of the teams of who asks
 * @param moneyAtLeast at least this much money in this currency is behind the exception
 * @param olderThan its oldest message was captured at least this long ago
 * @param recoveries the last recovery of it came to any of these
 */
public record ExceptionFilter(
    Set<String> workflows,
    Set<String> targets,
    Set<String> stores,
    Set<String> regions,
    Map<String, String> keys,
    @Nullable String text,
    Set<ExceptionStatus> statuses,
    Set<FailureClass> classes,
    @Nullable OwnerSide side,
    @Nullable String assignee,
    @Nullable String team,
    @Nullable Money moneyAtLeast,
    @Nullable Duration olderThan,
    Set<LastRecovery.Result> recoveries) {
  /** The assignee of exceptions without one. */
  public static final String NOBODY = "nobody";

  /** The team of exceptions without one. */
  public static final String NO_TEAM = "none";

  /** The team of exceptions that a team of who asks has, or in which a comment asks one of them. */
  public static final String MY_TEAMS = "mine";

  /** All exceptions. */
  public static final ExceptionFilter ALL =
      new ExceptionFilter(
          Set.of(), Set.of(), Set.of(), Set.of(), Map.of(), null, Set.of(), Set.of(), null, null,
          null, null, null, Set.of());

  public ExceptionFilter {
    workflows = Set.copyOf(workflows);
    targets = Set.copyOf(targets);
    stores = Set.copyOf(stores);
    regions = Set.copyOf(regions);
    keys = Map.copyOf(keys);
    statuses = Set.copyOf(statuses);
    classes = Set.copyOf(classes);
    recoveries = Set.copyOf(recoveries);
    text = text == null || text.isBlank() ? null : text.strip();
    assignee = assignee == null || assignee.isBlank() ? null : assignee.strip();
    team = team == null || team.isBlank() ? null : team.strip();
    team = MY_TEAMS.equalsIgnoreCase(team) ? MY_TEAMS : team;
  }

  /** The same with what this changes. */
  public ExceptionFilter with(Consumer<ExceptionFilterBuilder> change) {
    ExceptionFilterBuilder builder = new ExceptionFilterBuilder(this);
    change.accept(builder);
    return builder.build();
  }

  /** Whether it asks for the teams of who asks, so that its answer is for them alone. */
  public boolean asksForMyTeams() {
    return MY_TEAMS.equals(team);
  }

  /** The same for any status and assignee, and not for the teams of who asks. */
  public ExceptionFilter withoutTriage() {
    return with(
        filter -> filter.statuses(Set.of()).assignee(null).team(asksForMyTeams() ? null : team));
  }

  /**
   * Whether an exception has the status and the assignee that are asked for, and is of these teams
   * where those of who asks are asked for.
   */
  public boolean matchesTriage(ExceptionSummary summary, MyTeams mine) {
    return (statuses.isEmpty() || statuses.contains(summary.status()))
        && (!asksForMyTeams() || mine.have(summary))
        && (assignee == null
            || assignee.equals(Objects.requireNonNullElse(summary.assignee(), NOBODY))
            || summary.triage().waitsFor(assignee));
  }

  /** Whether what became of the last recovery is asked for. */
  boolean matchesRecovery(ExceptionSummary summary) {
    return recoveries.isEmpty() || recoveries.contains(summary.recoveryResult());
  }

  /**
   * Whether an exception is asked for, by all but what chooses among messages and what became of
   * its last recovery.
   */
  boolean matches(ExceptionSummary summary, MyTeams mine, Instant now) {
    return matchesTriage(summary, mine)
        && (classes.isEmpty() || classes.contains(summary.failureClass()))
        && (side == null || side == summary.ownerSide())
        && (team == null || asksForMyTeams() || isOf(team, summary.team()))
        && (moneyAtLeast == null || hasAtLeast(moneyAtLeast, summary))
        && (olderThan == null || !summary.group().oldest().isAfter(now.minus(olderThan)));
  }

  /** As people write it: a rule and somebody by hand may not agree about capital letters. */
  private static boolean isOf(String asked, @Nullable String team) {
    return asked.equalsIgnoreCase(Objects.requireNonNullElse(team, NO_TEAM));
  }

  private static boolean hasAtLeast(Money money, ExceptionSummary summary) {
    Long minor = summary.group().money().minorByCurrency().get(money.currency());
    return minor != null && minor >= money.minor();
  }
}
