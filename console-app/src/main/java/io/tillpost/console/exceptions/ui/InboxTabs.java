package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.console.security.Teams;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tabs above the inbox, each with how many exceptions it has. */
final class InboxTabs extends Tabs {
  private final Map<InboxTab, Tab> tabs = new EnumMap<>(InboxTab.class);
  private final String me;
  private transient ExceptionFilter shown = ExceptionFilter.ALL;
  private transient @Nullable InboxTab selected;

  /**
   * @param me the user name of who looks
   * @param chosen is told the filter of the tab that a person chose
   */
  InboxTabs(String me, Consumer<ExceptionFilter> chosen) {
    this.me = me;
    setAutoselect(false);
    getElement().setAttribute("aria-label", "Parts of the inbox");
    for (InboxTab one : InboxTab.values()) {
      Tab tab = new Tab(one.title());
      tabs.put(one, tab);
      add(tab);
    }
    addSelectedChangeListener(
        change -> {
          if (change.isFromClient()) {
            tabs.forEach(
                (one, tab) -> {
                  if (tab.equals(change.getSelectedTab())) {
                    chosen.accept(one.applyTo(shown, me));
                  }
                });
          }
        });
  }

  /** Selects the tab of this filter, or none. */
  void show(ExceptionFilter filter) {
    shown = filter;
    selected = InboxTab.of(filter, me).orElse(null);
    setSelectedTab(selected == null ? null : tabs.get(selected));
  }

  /**
   * Says how many of these, which are those of no tab in particular, each tab has: what is listed
   * for the one that is shown, what would be for the others.
   */
  void count(List<ExceptionSummary> exceptions, MyTeams mine, Teams teams) {
    tabs.forEach(
        (one, tab) -> {
          ExceptionFilter filter = one == selected ? shown : one.applyTo(shown, me);
          long count = exceptions.stream().filter(e -> filter.matchesTriage(e, mine)).count();
          if (one == InboxTab.MY_TEAMS) {
            tab.setVisible(!teams.isEmpty() || one == selected);
          }
          String label = count == 0 ? one.title() : "%s %,d".formatted(one.title(), count);
          if (!tab.getLabel().equals(label)) {
            tab.setLabel(label);
          }
        });
  }
}
