package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import io.tillpost.frontend.TillpostTheme;

/** A part of a page with its heading. */
final class Panels {
  private Panels() {}

  static Div of(String heading, Component... contents) {
    H3 words = new H3(heading);
    words.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(words);
    panel.add(contents);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }
}
