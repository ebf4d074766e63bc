package io.tillpost.console.alerting.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.orderedlayout.VerticalLayout;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.tillpost.console.alerting.AlertDesk;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.TillpostTheme;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What fires, what was mailed, and by which rules. All of its state is in the address. */
@Route("alerts")
@PageTitle("Alerts")
@Menu(title = "Alerts", order = 6, icon = "vaadin:bell")
@RolesAllowed(Permission.Name.VIEW)
final class AlertsView extends VerticalLayout implements BeforeEnterObserver {
  private final transient AlertDesk desk;
  private final transient LiveUpdates live;
  private final transient CurrentOperator operator;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final Tabs tabs = new Tabs();
  private final Map<AlertsTab, Tab> tabOf = new EnumMap<>(AlertsTab.class);
  private final Div content = new Div();

  AlertsView(
      AlertDesk desk, LiveUpdates live, CurrentOperator operator, AsOf asOf, ZoneId consoleZone) {
    this.desk = desk;
    this.live = live;
    this.operator = operator;
    this.asOf = asOf;
    this.zone = consoleZone;
    setSizeFull();
    for (AlertsTab tab : AlertsTab.values()) {
      Tab component = new Tab(tab.title());
      tabOf.put(tab, component);
      tabs.add(component);
    }
    tabs.addSelectedChangeListener(
        change -> {
          if (change.isFromClient()) {
            tabOf.forEach(
                (tab, component) -> {
                  if (component.equals(change.getSelectedTab())) {
                    go(AlertsAddress.of(tab));
                  }
                });
          }
        });
    content.setSizeFull();
    content.getStyle().set("overflow", "auto");
    add(tabs, asOf, content);
    expand(content);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    AlertsAddress address = AlertsAddress.of(event.getLocation().getQueryParameters());
    tabs.setSelectedTab(tabOf.get(address.tab()));
    Optional<ActiveAlerts> there =
        content
            .getChildren()
            .filter(ActiveAlerts.class::isInstance)
            .map(ActiveAlerts.class::cast)
            .findFirst();
    if (there.isPresent() && address.tab() == AlertsTab.ACTIVE) {
      // The list stays as it is, with the row that was pressed and the keyboard on it.
      there.get().open(address.alert());
      return;
    }
    content.removeAll();
    asOf.forget();
    content.add(desk.isOn() ? tab(address) : off());
  }

  private Component tab(AlertsAddress address) {
    asOf.setVisible(address.tab() != AlertsTab.RULES);
    return switch (address.tab()) {
      case ACTIVE -> {
        ActiveAlerts active =
            new ActiveAlerts(
                desk,
                live,
                operator,
                asOf,
                zone,
                id -> go(AlertsAddress.of(AlertsTab.ACTIVE).withAlert(id)));
        active.open(address.alert());
        yield active;
      }
      case LOG -> new NotificationList(desk, live, asOf, zone, address, AlertsView::go);
      case RULES -> new RuleList(desk);
    };
  }

  private Div off() {
    asOf.setVisible(false);
    Div empty = new Div();
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setText(
        "Alerting is switched off. Set tillpost.alerting.enabled to true, name who gets mail under tillpost.alerting.recipients, and start Tillpost again.");
    return empty;
  }

  private static void go(AlertsAddress address) {
    UI.getCurrent().navigate(AlertsView.class, address.parameters());
  }
}
