package io.tillpost.console;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.menu.MenuConfiguration;
import com.vaadin.flow.server.menu.MenuEntry;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The bare address: goes on to the first entry of the navigation that this operator may open. */
@Route("")
@PageTitle("Start")
@PermitAll
final class HomeView extends Main implements BeforeEnterObserver {

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    List<MenuEntry> entries = MenuConfiguration.getMenuEntries();
    if (entries.isEmpty()) {
      add(
          new Paragraph(
              "There is no page that your roles allow. Ask an administrator of Tillpost for a role."));
    } else {
      event.forwardTo(entries.getFirst().path());
    }
  }
}
