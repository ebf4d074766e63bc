package io.tillpost.console;

import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.SvgIcon;
import com.vaadin.flow.component.orderedlayout.Scroller;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.Layout;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import io.tillpost.frontend.ServerClock;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;

/**
 * What is around every view: brand, navigation, the view's title, the user's menu. A feature adds
 * itself to the navigation with {@code @Menu} on its view; nothing here names a feature.
 */
@Layout
@PermitAll
final class MainLayout extends AppLayout implements AfterNavigationObserver {

  private static final String CONTENT_ID = "content";

  private final H1 title = new H1();

  MainLayout(UserMenu userMenu, KeyboardHelp keyboardHelp, Clock clock) {
    setPrimarySection(Section.DRAWER);
    addToDrawer(brand(), new Scroller(navigation()));
    title.addClassName("tillpost-title");
    Div end = new Div(keyboardHelp, userMenu, new ServerClock(clock));
    end.addClassName("tillpost-navbar-end");
    DrawerToggle toggle = new DrawerToggle();
    toggle.setAriaLabel("Navigation");
    addToNavbar(skipLink(), toggle, title, end);
  }

  @Override
  public void afterNavigation(AfterNavigationEvent event) {
    String words = MenuConfiguration.getPageHeader(getContent()).orElse("Tillpost");
    title.setText(words);
    if (getContent() != null) {
      getContent().setId(CONTENT_ID);
      getContent().getElement().setAttribute("tabindex", "-1");
    }
  }

  private static Anchor skipLink() {
    Anchor skip = new Anchor();
    skip.setText("Skip to content");
    skip.addClassName("tillpost-skip");
    skip.getElement().setAttribute("href", "#" + CONTENT_ID);
    skip.getElement().setAttribute("router-ignore", true);
    return skip;
  }

  private static Anchor brand() {
    Anchor brand = new Anchor("", new SvgIcon("tillpost/icon.svg"), new Span("Tillpost"));
    brand.addClassName("tillpost-brand");
    return brand;
  }

  private static SideNav navigation() {
    SideNav navigation = new SideNav();
    navigation.getElement().setAttribute("aria-label", "Tillpost");
    MenuConfiguration.getMenuEntries().forEach(entry -> navigation.addItem(item(entry)));
    return navigation;
  }

  private static SideNavItem item(MenuEntry entry) {
    SideNavItem item = new SideNavItem(entry.title(), entry.path());
    item.setMatchNested(!entry.path().isEmpty() && !"/".equals(entry.path()));
    if (entry.icon() != null) {
      item.setPrefixComponent(new Icon(entry.icon()));
    }
    return item;
  }
}
