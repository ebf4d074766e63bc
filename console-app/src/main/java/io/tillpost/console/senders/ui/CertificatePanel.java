package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.senders.SenderCertificates;
import io.tillpost.console.senders.SenderSummary;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.SenderCertificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client certificates of a sender: what they are known by, when they were used. */
final class CertificatePanel extends Div {
  private final transient SenderCertificates certificates;
  private final transient Clock clock;
  private final transient ZoneId zone;
  private final Div each = new Div();
  private final List<LiveFacts> facts = new ArrayList<>();
  private final transient Drawn<List<Marked>> drawn = new Drawn<>();
  private String name = "";

  CertificatePanel(SenderCertificates certificates, Clock clock, ZoneId zone) {
    this.certificates = certificates;
    this.clock = clock;
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    H2 heading = new H2("Client certificates");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Span words =
        new Span(
            "They let it in without a key, where ingest speaks TLS and trusts who signed them"
                + " (tillpost.ingest.tls.client-ca).");
    words.addClassName(TillpostTheme.QUIET);
    Button add = new Button("Add a certificate", _ -> add());
    add.addThemeVariants(ButtonVariant.LUMO_SMALL);
    Div actions = new Div(add);
    actions.addClassName(TillpostTheme.TOOLBAR);
    add(heading, words, each, actions);
  }

  void show(SenderSummary summary) {
    name = summary.sender().name();
    Instant now = clock.instant();
    List<SenderCertificate> certificates = summary.sender().certificates().reversed();
    List<Marked> marks =
        certificates.stream().map(one -> new Marked(one.id(), one.mark(), one.opens(now))).toList();
    if (drawn.differs(marks)) {
      each.removeAll();
      facts.clear();
      marks.forEach(this::draw);
    }
    for (int i = 0; i < certificates.size(); i++) {
      SenderCertificate one = certificates.get(i);
      facts.get(i).show(facts(one, summary.lastUse().get(one.id()), now));
    }
  }

  private void draw(Marked certificate) {
    LiveFacts told = new LiveFacts();
    facts.add(told);
    each.add(told);
    if (certificate.opens()) {
      Button replace = new Button("Replace", _ -> replace(certificate));
      replace.addThemeVariants(ButtonVariant.LUMO_SMALL);
      replace.setAriaLabel("Replace certificate " + certificate.mark());
      Button remove = new Button("Remove", _ -> remove(certificate));
      remove.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
      remove.setAriaLabel("Remove certificate " + certificate.mark());
      Div actions = new Div(replace, remove);
      actions.addClassName(TillpostTheme.TOOLBAR);
      each.add(actions);
    }
  }

  private List<Fact> facts(SenderCertificate certificate, @Nullable Instant lastUse, Instant now) {
    return List.of(
        new Fact("Certificate", certificate.mark(), () -> mark(certificate.mark())),
        Fact.of("State", state(certificate)),
        Fact.of(
            "Added", MomentText.full(certificate.addedAt(), zone) + " by " + certificate.addedBy()),
        Fact.of("Last use", LastUseText.of(lastUse, now, zone)));
  }

  private static Component[] mark(String words) {
    Span mark = new Span(words);
    mark.getStyle().set("overflow-wrap", "anywhere");
    return new Component[] {mark};
  }

  private String state(SenderCertificate certificate) {
    return switch (certificate.state(clock.instant())) {
      case VALID -> "✓ Valid";
      case ENDING -> "▲ Valid until " + moment(certificate.validUntil());
      case EXPIRED -> "– Replaced, ended " + moment(certificate.validUntil());
      case REVOKED -> "■ Removed " + moment(certificate.removedAt());
    };
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
  }

  private static TextArea field() {
    TextArea field = new TextArea("Certificate");
    field.setRequired(true);
    field.setMaxRows(6);
    field.setPlaceholder("till-gateway.0412.example");
    field.setHelperText(
        "A DNS name or URI in it (its common name where it has neither), its SHA-256 fingerprint,"
            + " or the certificate itself in PEM.");
    return field;
  }

  private void add() {
    TextArea written = field();
    new FormDialog(
            "Add a certificate of " + name,
            "It lets in within seconds; the others go on.",
            "Add it",
            reason -> certificates.add(name, written.getValue(), reason),
            _ -> {},
            written)
        .open();
  }

  private void replace(Marked before) {
    TextArea written = field();
    Select<Duration> overlap = OverlapSelect.of("The one of before goes on for");
    new FormDialog(
            "Replace a certificate of " + name,
            "A name stays right when its certificate is renewed; a fingerprint does not.",
            "Replace it",
            reason ->
                certificates.replace(
                    name, before.id(), written.getValue(), overlap.getValue(), reason),
            _ -> {},
            written,
            overlap)
        .open();
  }

  private void remove(Marked certificate) {
    new FormDialog(
            "Remove a certificate of " + name,
            "Whoever still shows "
                + certificate.mark()
                + " is refused within seconds, also on connections that are open.",
            "Remove it",
            reason -> certificates.remove(name, certificate.id(), reason),
            _ -> {})
        .open();
  }

  /**
   * What a certificate's buttons are made for.
   *
   * @param opens whether it lets its sender in now
   */
  private record Marked(String id, String mark, boolean opens) {}
}
