package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.OwnerSide;
import io.tillpost.message.Money;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes parts of a filter, see {@link ExceptionFilter#with}; its record says what they mean. */
public final class ExceptionFilterBuilder {
  private Set<String> workflows;
  private Set<String> targets;
  private Set<String> stores;
  private Set<String> regions;
  private Map<String, String> keys;
  private @Nullable String text;
  private Set<ExceptionStatus> statuses;
  private Set<FailureClass> classes;
  private @Nullable OwnerSide side;
  private @Nullable String assignee;
  private @Nullable String team;
  private @Nullable Money moneyAtLeast;
  private @Nullable Duration olderThan;
  private Set<LastRecovery.Result> recoveries;

  ExceptionFilterBuilder(ExceptionFilter filter) {
    workflows = filter.workflows();
    targets = filter.targets();
    stores = filter.stores();
    regions = filter.regions();
    keys = filter.keys();
    text = filter.text();
    statuses = filter.statuses();
    classes = filter.classes();
    side = filter.side();
    assignee = filter.assignee();
    team = filter.team();
    moneyAtLeast = filter.moneyAtLeast();
    olderThan = filter.olderThan();
    recoveries = filter.recoveries();
  }

  /** Any of these workflows. */
  public ExceptionFilterBuilder workflows(Set<String> any) {
    workflows = any;
    return this;
  }

  /** Any of these targets. */
  public ExceptionFilterBuilder targets(Set<String> any) {
    targets = any;
    return this;
  }

  /** Any of these stores. */
  public ExceptionFilterBuilder stores(Set<String> any) {
    stores = any;
    return this;
  }

  /** Any of these regions. */
  public ExceptionFilterBuilder regions(Set<String> any) {
    regions = any;
    return this;
  }

  /** Each of these keys with its value. */
  public ExceptionFilterBuilder keys(Map<String, String> all) {
    keys = all;
    return this;
  }

  /** These words, or null for any. */
  public ExceptionFilterBuilder text(@Nullable String words) {
    text = words;
    return this;
  }

  /** Any of these statuses. */
  public ExceptionFilterBuilder statuses(Set<ExceptionStatus> any) {
    statuses = any;
    return this;
  }

  /** Any of these classes. */
  public ExceptionFilterBuilder classes(Set<FailureClass> any) {
    classes = any;
    return this;
  }

  /** This side, or null for both. */
  public ExceptionFilterBuilder side(@Nullable OwnerSide one) {
    side = one;
    return this;
  }

  /** This assignee, {@link ExceptionFilter#NOBODY}, or null for anybody. */
  public ExceptionFilterBuilder assignee(@Nullable String who) {
    assignee = who;
    return this;
  }

  /**
   * This team, {@link ExceptionFilter#NO_TEAM}, {@link ExceptionFilter#MY_TEAMS}, or null for any
   * or none.
   */
  public ExceptionFilterBuilder team(@Nullable String which) {
    team = which;
    return this;
  }

  /** At least this much money, or null for any or none. */
  public ExceptionFilterBuilder moneyAtLeast(@Nullable Money money) {
    moneyAtLeast = money;
    return this;
  }

  /** At least this old, or null for any age. */
  public ExceptionFilterBuilder olderThan(@Nullable Duration age) {
    olderThan = age;
    return this;
  }

  /** The last recovery came to any of these. */
  public ExceptionFilterBuilder recoveries(Set<LastRecovery.Result> any) {
    recoveries = any;
    return this;
  }

  ExceptionFilter build() {
    return new ExceptionFilter(
        workflows,
        targets,
        stores,
        regions,
        keys,
        text,
        statuses,
        classes,
        side,
        assignee,
        team,
        moneyAtLeast,
        olderThan,
        recoveries);
  }
}
