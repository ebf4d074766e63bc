package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.ExceptionSummary;
import io.tillpost.console.exceptions.MyTeams;
import io.tillpost.console.security.Teams;
import io.tillpost.location.StoreDirectory;
import java.util.List;
import java.util.function.Consumer;

/**
 * The filter of the inbox in all its forms, one above the other: tabs, fields with the kept views
 * and the downloads beside them, chips, and what is to be said of it. Tells of a change by a person
 * only.
 */
final class InboxFilters {
  private final InboxTabs tabs;
  private final ExceptionFilterBar bar;
  private final FilterChips chips;
  private final ViewsMenu views;
  private final Anchor csv = new Anchor("", "CSV");
  private final Anchor xlsx = new Anchor("", "XLSX");
  private final Div unread = new Div();

  /** Says to who does not see the list how long it is, once for each filter. */
  private final Span said = new Span();

  private boolean toSay;

  /**
   * @param me the user name of who looks
   * @param changed is told the filter that a person wants
   */
  InboxFilters(
      String me, StoreDirectory directory, ViewsMenu views, Consumer<ExceptionFilter> changed) {
    this.views = views;
    tabs = new InboxTabs(me, changed);
    bar = new ExceptionFilterBar(me, directory, changed);
    chips = new FilterChips(me, directory, changed, bar::focusSearch);
    csv.setDownload(true);
    csv.setTitle("Download this list as CSV");
    xlsx.setDownload(true);
    xlsx.setTitle("Download this list for a spreadsheet");
    bar.add(views, csv, xlsx);
    unread.getElement().setAttribute("role", "alert");
    unread.addClassName("tillpost-unread");
    said.getElement().setAttribute("role", "status");
    said.addClassName("tillpost-unseen");
  }

  /** What stands above the list, in this order. */
  Component[] parts() {
    return new Component[] {tabs, bar, unread, chips, said};
  }

  /** Says what of the address cannot be read; nothing where all of it can. */
  void unread(List<String> problems) {
    unread.setText(
        "A part of the address cannot be read and is left out, so more is listed than it asks for. "
            + String.join("; ", problems));
    unread.setVisible(!problems.isEmpty());
  }

  /** This filter is asked for from now on. */
  void show(ExceptionFilter filter) {
    toSay = true;
    tabs.show(filter);
    bar.show(filter);
    chips.show(filter);
    views.show(filter);
    String query = ExceptionUrl.write(filter).getQueryString();
    csv.setHref("api/v1/exceptions.csv?" + query);
    xlsx.setHref("api/v1/exceptions.xlsx?" + query);
  }

  /** What there is to filter now, whatever tab and view are chosen. */
  void offer(List<ExceptionSummary> exceptions, MyTeams mine, Teams teams) {
    tabs.count(exceptions, mine, teams);
    bar.offer(exceptions, teams);
    views.refresh();
  }

  /** So many are listed. */
  void say(int listed) {
    if (toSay) {
      toSay = false;
      // That there is none says the empty list itself.
      said.setText(listed == 0 ? "" : ExceptionGrid.counted(listed, "exception") + " listed");
    }
  }

  void focusSearch() {
    bar.focusSearch();
  }
}
