package io.tillpost.console;

import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.RouterLink;

/** What an error page says: what happened, what it means, what to do. */
abstract class ErrorPage extends Main {

  /** Replaces what is on the page. */
  final void say(String what, String meaning, String doing) {
    removeAll();
    addClassName("tillpost-error");
    RouterLink home = new RouterLink();
    home.getElement().setAttribute("href", "");
    home.setText("To the start page");
    add(new H2(what), new Paragraph(meaning), new Paragraph(doing), new Paragraph(home));
  }
}
