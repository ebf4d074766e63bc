package io.tillpost.console;

import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.spring.annotation.SpringComponent;
import com.vaadin.flow.spring.annotation.UIScope;
import com.vaadin.flow.spring.security.AuthenticationContext;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Operator;
import io.tillpost.console.security.Role;
import java.util.stream.Collectors;

/** Who is logged in and as what; light or dark; log out. */
@SpringComponent
@UIScope
final class UserMenu extends MenuBar {

  UserMenu(CurrentOperator currentOperator, AuthenticationContext authentication) {
    addThemeVariants(MenuBarVariant.LUMO_TERTIARY_INLINE);
    Operator operator = currentOperator.get();
    Span name = new Span(operator.displayName());
    name.addClassName("tillpost-user-name");
    Div label = new Div(VaadinIcon.USER.create(), name);
    label.addClassName("tillpost-user");
    MenuItem user = addItem(label);
    user.setAriaLabel("User menu of " + operator.displayName());
    SubMenu menu = user.getSubMenu();
    MenuItem roles = menu.addItem(rolesOf(operator));
    roles.setEnabled(false);
    menu.addSeparator();
    ColorSchemeChoice.addTo(menu);
    menu.addSeparator();
    // Vaadin sends the click as a POST with its own CSRF token, and the session is invalidated.
    menu.addItem("Log out", event -> authentication.logout());
  }

  private static String rolesOf(Operator operator) {
    return operator.roles().stream().map(Role::title).collect(Collectors.joining(", "));
  }
}
