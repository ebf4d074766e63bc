package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.recovery.FieldChange;
import java.util.List;

/** What differs between two payloads, a line for each field: {@code path: before → after}. */
final class DifferenceList extends UnorderedList {
  private static final int LONGEST = 200;

  DifferenceList() {}

  DifferenceList(List<FieldChange> changes) {
    show(changes);
  }

  void show(List<FieldChange> changes) {
    removeAll();
    changes.forEach(change -> add(change, ""));
  }

  /**
   * @param more said at the end of the line, or blank
   */
  void add(FieldChange change, String more) {
    add(
        new ListItem(
            new Span(change.path() + ": "),
            value(change.before(), "not there"),
            new Span(" → "),
            value(change.after(), "taken out"),
            new Span(more)));
  }

  private static com.vaadin.flow.component.Component value(
      @org.jspecify.annotations.Nullable String value, String none) {
    if (value == null) {
      return new Span(none);
    }
    return new Code(value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value);
  }
}
