package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionSummary;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The tabs above the inbox, each with how many exceptions it has. */
final class InboxTabs extends Tabs {
  private final Map<InboxTab, Tab> tabs = new EnumMap<>(InboxTab.class);
  private final String me;
  private transient ExceptionFilter shown = ExceptionFilter.ALL;

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
    Optional<InboxTab> tab = InboxTab.of(filter, me);
    setSelectedTab(tab.map(tabs::get).orElse(null));
  }

  /** Says how many of these, which are those of no tab in particular, each tab has. */
  void count(List<ExceptionSummary> exceptions) {
    tabs.forEach(
        (one, tab) -> {
          ExceptionFilter filter = one.applyTo(ExceptionFilter.ALL, me);
          long count = exceptions.stream().filter(filter::matchesTriage).count();
          String label = count == 0 ? one.title() : "%s %,d".formatted(one.title(), count);
          if (!tab.getLabel().equals(label)) {
            tab.setLabel(label);
          }
        });
  }
}
