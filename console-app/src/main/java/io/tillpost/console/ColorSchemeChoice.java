package io.tillpost.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.page.ColorScheme;
import java.util.EnumMap;
import java.util.Map;

/**
 * Light, dark or as the system says, remembered in the browser. The script in {@code index.html}
 * reads it before the first paint.
 */
enum ColorSchemeChoice {
  LIGHT("Light", ColorScheme.Value.LIGHT),
  DARK("Dark", ColorScheme.Value.DARK),
  SYSTEM("As the system", ColorScheme.Value.SYSTEM);

  private static final String KEY = "tillpost.color-scheme";

  private final String title;
  private final ColorScheme.Value scheme;

  ColorSchemeChoice(String title, ColorScheme.Value scheme) {
    this.title = title;
    this.scheme = scheme;
  }

  /** Adds one checkable item for each choice; the remembered one is checked. */
  static void addTo(SubMenu menu) {
    Map<ColorSchemeChoice, MenuItem> items = new EnumMap<>(ColorSchemeChoice.class);
    for (ColorSchemeChoice choice : values()) {
      MenuItem item = menu.addItem(choice.title);
      item.setCheckable(true);
      item.addClickListener(
          event -> {
            choice.apply();
            check(items, choice);
          });
      items.put(choice, item);
    }
    UI.getCurrent()
        .getPage()
        .executeJs("return localStorage.getItem($0) || 'system'", KEY)
        .then(String.class, stored -> check(items, of(stored)));
  }

  private void apply() {
    UI ui = UI.getCurrent();
    ui.getPage().setColorScheme(scheme);
    ui.getPage().executeJs("localStorage.setItem($0, $1)", KEY, stored());
  }

  private static void check(Map<ColorSchemeChoice, MenuItem> items, ColorSchemeChoice chosen) {
    items.forEach((choice, item) -> item.setChecked(choice == chosen));
  }

  private String stored() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  private static ColorSchemeChoice of(String stored) {
    for (ColorSchemeChoice choice : values()) {
      if (choice.stored().equals(stored)) {
        return choice;
      }
    }
    return SYSTEM;
  }
}
