package io.tillpost.frontend;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.dom.Element;

/** A short text with the colour and symbol of a severity. Needs no script, only the theme. */
@Tag("span")
public final class SeverityBadge extends Component {
  private final Element symbol = new Element("span");
  private final Element words = new Element("span");

  /** A badge that reads as the severity's own word. */
  public SeverityBadge(Severity severity) {
    this(severity, severity.word());
  }

  /**
   * A badge with words of its own.
   *
   * @param text must say by itself what the colour says; not empty
   */
  public SeverityBadge(Severity severity, String text) {
    addClassName("tillpost-badge");
    symbol.setAttribute("aria-hidden", "true");
    symbol.getClassList().add("tillpost-symbol");
    getElement().appendChild(symbol, words);
    set(severity, text);
  }

  /** Changes severity and text in place. */
  public void set(Severity severity, String text) {
    getElement().setAttribute("data-severity", severity.token());
    symbol.setText(severity.symbol());
    words.setText(text);
  }
}
