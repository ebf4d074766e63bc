package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Links from words that name an operation by its id to its page. */
final class OperationLinks {
  private static final Pattern NAMED = Pattern.compile("\\boperation ([0-9a-f-]{12,64})");

  private OperationLinks() {}

  /** The words, with a link where they say {@code operation} and an id. */
  static Component[] in(String words) {
    List<Component> parts = new ArrayList<>();
    Matcher named = NAMED.matcher(words);
    int from = 0;
    while (named.find()) {
      if (named.start() > from) {
        parts.add(new Text(words.substring(from, named.start())));
      }
      parts.add(new Anchor("operations/" + named.group(1), named.group()));
      from = named.end();
    }
    if (from < words.length() || parts.isEmpty()) {
      parts.add(new Text(words.substring(from)));
    }
    return parts.toArray(Component[]::new);
  }
}
