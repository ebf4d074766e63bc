package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.LastRecovery;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Money;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** One chip for each part of the filter but its words; pressing it takes that part away. */
final class FilterChips extends Div {
  private final String me;
  private final transient StoreDirectory directory;
  private final transient Consumer<ExceptionFilter> changed;
  private final transient Runnable noneLeft;

  /** The place of the chip that was pressed last, until it is gone; negative for none. */
  private int pressed = -1;

  /**
   * @param changed is told the filter that a person wants
   * @param noneLeft takes the focus of the last chip that is taken away
   */
  FilterChips(
      String me, StoreDirectory directory, Consumer<ExceptionFilter> changed, Runnable noneLeft) {
    this.me = me;
    this.directory = directory;
    this.changed = changed;
    this.noneLeft = noneLeft;
    addClassName(TillpostTheme.TOOLBAR);
    setVisible(false);
  }

  void show(ExceptionFilter filter) {
    removeAll();
    // A tab says its statuses itself; without one nothing else would say that they are asked for.
    if (InboxTab.of(filter, me).isEmpty()) {
      for (ExceptionStatus status : new TreeSet<>(filter.statuses())) {
        chip(
            "Status " + status.title(),
            filter.with(f -> f.statuses(without(filter.statuses(), status))));
      }
    }
    for (String workflow : new TreeSet<>(filter.workflows())) {
      chip(
          "Workflow " + workflow,
          filter.with(f -> f.workflows(without(filter.workflows(), workflow))));
    }
    for (String target : new TreeSet<>(filter.targets())) {
      chip("Target " + target, filter.with(f -> f.targets(without(filter.targets(), target))));
    }
    for (FailureClass one : new TreeSet<>(filter.classes())) {
      chip("Class " + Words.of(one), filter.with(f -> f.classes(without(filter.classes(), one))));
    }
    for (LastRecovery.Result one : new TreeSet<>(filter.recoveries())) {
      chip(
          "Last recovery: " + one.words(),
          filter.with(f -> f.recoveries(without(filter.recoveries(), one))));
    }
    if (filter.side() != null) {
      chip("Side " + Words.of(filter.side()), filter.with(f -> f.side(null)));
    }
    String team = filter.team();
    if (team != null) {
      chip(
          switch (team) {
            case ExceptionFilter.NO_TEAM -> "No team";
            case ExceptionFilter.MY_TEAMS -> "My teams";
            default -> "Team " + team;
          },
          filter.with(f -> f.team(null)));
    }
    for (String store : new TreeSet<>(filter.stores())) {
      String name = directory.find(store).map(Store::name).map(n -> " " + n).orElse("");
      chip("Store " + store + name, filter.with(f -> f.stores(without(filter.stores(), store))));
    }
    for (String region : new TreeSet<>(filter.regions())) {
      chip("Region " + region, filter.with(f -> f.regions(without(filter.regions(), region))));
    }
    new TreeMap<>(filter.keys())
        .forEach(
            (name, value) ->
                chip(name + " " + value, filter.with(f -> f.keys(without(filter.keys(), name)))));
    Money money = filter.moneyAtLeast();
    if (money != null) {
      chip("At least " + MoneyText.of(money), filter.with(f -> f.moneyAtLeast(null)));
    }
    if (filter.olderThan() != null) {
      chip("Older than " + Words.of(filter.olderThan()), filter.with(f -> f.olderThan(null)));
    }
    setVisible(getComponentCount() > 0);
    passOnFocus();
  }

  /** With the chip that was pressed its focus would be gone too. */
  private void passOnFocus() {
    if (pressed >= 0 && getComponentCount() == 0) {
      noneLeft.run();
    } else if (pressed >= 0
        && getComponentAt(Math.min(pressed, getComponentCount() - 1)) instanceof Button next) {
      next.focus();
    }
    pressed = -1;
  }

  private void chip(String words, ExceptionFilter without) {
    int place = getComponentCount();
    Button chip =
        new Button(
            words + " ✕",
            _ -> {
              pressed = place;
              changed.accept(without);
            });
    chip.addClassName("tillpost-chip");
    chip.setAriaLabel("Take the filter away: " + words);
    add(chip);
  }

  private static <T extends Comparable<T>> Set<T> without(Set<T> values, T one) {
    Set<T> rest = new TreeSet<>(values);
    rest.remove(one);
    return rest;
  }

  private static Map<String, String> without(Map<String, String> values, String one) {
    Map<String, String> rest = new TreeMap<>(values);
    rest.remove(one);
    return rest;
  }
}
