package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.store.FailureQueries.StoreCount;
import java.util.List;

/** The stores of an exception, those with the most messages first, and how many more there are. */
final class StoreCounts extends Div {
  private final transient StoreDirectory directory;
  private final UnorderedList list = new UnorderedList();
  private final transient Drawn<List<String>> drawn = new Drawn<>();
  private final Span rest = new Span();

  StoreCounts(StoreDirectory directory) {
    this.directory = directory;
    rest.addClassName(TillpostTheme.QUIET);
    add(list, rest);
  }

  void show(ExceptionDetail detail) {
    List<String> lines = detail.stores().stream().map(this::words).toList();
    if (drawn.differs(lines)) {
      list.removeAll();
      lines.forEach(line -> list.add(new ListItem(line)));
    }
    long others = detail.furtherStores();
    rest.setText(others == 0 ? "" : "And " + CountText.of(others, "other store"));
  }

  private String words(StoreCount count) {
    String name = directory.find(count.storeId()).map(Store::name).map(n -> " " + n).orElse("");
    return "%s%s · %s · %s"
        .formatted(
            count.storeId(),
            name,
            CountText.of(count.messages(), "message"),
            MoneyText.of(count.money()));
  }
}
