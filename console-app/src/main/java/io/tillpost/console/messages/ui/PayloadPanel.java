package io.tillpost.console.messages.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.frontend.payload.PayloadView;
import io.tillpost.message.Payload;
import io.tillpost.store.Messages.PayloadVersion;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The payloads of a message, the last one first, with the field that the failure points at. */
final class PayloadPanel extends Div {
  private final transient ZoneId zone;
  private final String refusal;
  private final Select<PayloadVersion> versions = new Select<>();
  private final PayloadView view = new PayloadView();
  private transient List<PayloadVersion> shown = List.of();

  /**
   * @param refusal why the operator may not see payloads; empty if they may
   */
  PayloadPanel(String refusal, ZoneId zone) {
    this.refusal = refusal;
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    H2 heading = new H2("Payload");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    add(heading);
    if (!refusal.isEmpty()) {
      add(new Paragraph(refusal));
      return;
    }
    versions.setAriaLabel("Payload version");
    versions.setItemLabelGenerator(this::words);
    versions.addValueChangeListener(e -> showVersion(e.getValue()));
    versions.setVisible(false);
    add(versions, view);
  }

  void show(List<PayloadVersion> payloads, @Nullable String field) {
    if (!refusal.isEmpty()) {
      return;
    }
    view.setMarkedPath(field);
    if (payloads.equals(shown)) {
      return;
    }
    boolean onLast = shown.isEmpty() || Objects.equals(versions.getValue(), shown.getLast());
    PayloadVersion chosen = versions.getValue();
    shown = List.copyOf(payloads);
    versions.setItems(shown.reversed());
    versions.setVisible(shown.size() > 1);
    versions.setValue(onLast && !shown.isEmpty() ? shown.getLast() : chosen);
  }

  private void showVersion(@Nullable PayloadVersion version) {
    if (version == null) {
      view.setPayload(null, "");
      return;
    }
    Payload payload = version.payload();
    view.setPayload(
        payload.base64()
            ? "This payload is not text: %s of %s."
                .formatted(CountText.of(payload.bytes().length, "byte"), payload.contentType())
            : payload.body(),
        payload.base64() ? "text/plain" : payload.contentType());
    view.setTitle(words(version));
  }

  private String words(PayloadVersion version) {
    return "Attempt %d, %s by %s, %s"
        .formatted(
            version.attempt(),
            version.stage().name().toLowerCase(Locale.ROOT),
            version.source(),
            MomentText.full(version.time(), zone));
  }
}
