package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.StoreShare;
import java.util.List;

/** Which stores an operation is about, those with the most messages first. */
final class StoreShares extends Div {
  private static final int FIRST = 5;
  private static final int PART = 50;

  private final UnorderedList list = new UnorderedList();
  private final Button more = new Button("Show more", _ -> showMore());
  private final Span rest = new Span();
  private transient List<StoreShare> stores = List.of();
  private int all;
  private int shown;

  StoreShares() {
    more.addThemeVariants(ButtonVariant.LUMO_SMALL);
    more.setAriaLabel("Show more stores");
    rest.addClassName(TillpostTheme.QUIET);
    add(new Span("By store, the most messages first:"), list, more, rest);
  }

  /** Shows those of this list; what was unfolded stays so while it is the same one. */
  void show(OperationSummary summary) {
    setVisible(!summary.byStore().isEmpty());
    if (summary.byStore().equals(stores)) {
      return;
    }
    stores = summary.byStore();
    all = summary.stores() + (stores.stream().anyMatch(StoreShares::isOfNone) ? 1 : 0);
    shown = 0;
    list.removeAll();
    showPart(FIRST);
  }

  private void showMore() {
    showPart(PART);
  }

  private void showPart(int size) {
    stores.stream().skip(shown).limit(size).forEach(share -> list.add(new ListItem(words(share))));
    shown = Math.min(stores.size(), shown + size);
    more.setVisible(shown < stores.size());
    int others = all - shown;
    rest.setText(
        others <= 0
            ? ""
            : more.isVisible()
                ? " " + CountText.of(others, "other")
                : "And %s: the file below has the store of each message."
                    .formatted(
                        CountText.of(
                            others,
                            "other with no more messages",
                            "others with no more messages each")));
  }

  private static String words(StoreShare share) {
    return "%s: %s%s"
        .formatted(
            isOfNone(share) ? "No store named" : share.store(),
            CountText.of(share.messages(), "message"),
            share.money().isEmpty() ? "" : ", " + MoneyText.of(share.money()));
  }

  private static boolean isOfNone(StoreShare share) {
    return share.store().equals(OperationSummary.NO_STORE);
  }
}
