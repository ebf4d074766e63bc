package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import io.tillpost.console.senders.BoundsText;
import io.tillpost.console.text.CountText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.CertificateMark;
import io.tillpost.store.ConfiguredSenders;
import java.util.List;

/** The senders that stand in the configuration of ingest: they are seen here and changed there. */
final class ConfiguredSection extends Div {
  private final Grid<ConfiguredSenders.One> grid = new Grid<>();
  private transient List<ConfiguredSenders.One> shown = List.of();

  ConfiguredSection() {
    setWidthFull();
    setVisible(false);
    Span words =
        new Span(
            "They stand in the configuration of ingest (tillpost.ingest.senders and .api-keys) and are"
                + " changed there.");
    words.addClassName(TillpostTheme.QUIET);
    grid.addThemeVariants(GridVariant.LUMO_COMPACT, GridVariant.LUMO_NO_BORDER);
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Configured senders by name");
    grid.addColumn(
            LitRenderer.<ConfiguredSenders.One>of(
                    """
                    <div class="tillpost-row">
                      <div class="tillpost-row-title">${item.name}</div>
                      <div class="tillpost-quiet">${item.bounds}</div>
                    </div>
                    """)
                .withProperty("name", ConfiguredSenders.One::name)
                .withProperty("bounds", one -> BoundsText.of(one.bounds())))
        .setHeader("Sender, what it may send")
        .setFlexGrow(2)
        .setWidth("10rem");
    grid.addColumn(
            LitRenderer.<ConfiguredSenders.One>of(
                    """
                    <div class="tillpost-row" style="white-space: normal; overflow-wrap: anywhere">
                      <div>${item.keys}</div>
                      ${item.certificates.map((one) => html`<div class="tillpost-quiet">${one}</div>`)}
                    </div>
                    """)
                .withProperty("keys", one -> keys(one.keys()))
                .withProperty("certificates", ConfiguredSenders.One::certificates))
        .setHeader("Keys, client certificates")
        .setFlexGrow(1)
        .setWidth("8rem");
    add(new H2("Configured senders"), words, grid);
  }

  private static String keys(int count) {
    return count == 0 ? "No key" : CountText.of(count, "key");
  }

  /** Shows those that have these words, or that certificate, or all; whether there are any. */
  boolean show(List<ConfiguredSenders.One> all, String words) {
    List<ConfiguredSenders.One> found =
        all.stream()
            .filter(
                one ->
                    one.name().contains(words)
                        || one.bounds().stores().contains(words)
                        || (CertificateMark.of(words) instanceof CertificateMark.Known(var mark)
                            && one.certificates().contains(mark)))
            .toList();
    setVisible(!found.isEmpty());
    if (!found.equals(shown)) {
      shown = found;
      grid.setItems(found);
    }
    return !found.isEmpty();
  }
}
