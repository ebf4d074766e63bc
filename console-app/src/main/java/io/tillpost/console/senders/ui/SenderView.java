package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.ingest.Refused;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.security.Permission;
import io.tillpost.console.senders.BoundsText;
import io.tillpost.console.senders.SenderAnswer;
import io.tillpost.console.senders.SenderCertificates;
import io.tillpost.console.senders.SenderList;
import io.tillpost.console.senders.SenderSummary;
import io.tillpost.console.senders.Senders;
import io.tillpost.console.text.MomentText;
import io.tillpost.console.text.PathText;
import io.tillpost.frontend.TillpostTheme;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One sender: its keys and certificates, what it may send, what was refused to it. */
@Route("senders/:name")
@RolesAllowed(Permission.Name.ADMINISTER)
final class SenderView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final transient SenderList list;
  private final transient Senders senders;
  private final transient LiveUpdates live;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final Div missing = new Div();
  private final Span bounds = new Span();
  private final KeyPanel keys;
  private final CertificatePanel certificates;
  private final Span nothingRefused = new Span("Nothing.");
  private final LiveFacts refused = new LiveFacts();
  private final Div whole;
  private String name = "";
  private transient @Nullable Registration watching;
  private transient @Nullable SenderSummary shown;

  SenderView(
      SenderList list,
      Senders senders,
      SenderCertificates certificates,
      LiveUpdates live,
      AsOf asOf,
      Clock clock,
      ZoneId consoleZone) {
    this.list = list;
    this.senders = senders;
    this.live = live;
    this.asOf = asOf;
    this.zone = consoleZone;
    addClassName(TillpostTheme.VIEW);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    missing.setText("There is no sender of this name that was made in the console.");
    missing.setVisible(false);
    this.keys = new KeyPanel(senders, clock, consoleZone);
    this.certificates = new CertificatePanel(certificates, clock, consoleZone);
    whole = new Div(bounds, actions(), keys, this.certificates, refusals());
    whole.setVisible(false);
    add(asOf, new Span(new Anchor("senders", "All senders")), missing, whole);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").map(PathText::read).orElse("");
    if (watching != null) {
      watching.remove();
    }
    shown = null;
    watching =
        live.watch(this, LiveKey.of("sender", EVERY, name), () -> list.find(name), this::show);
  }

  @Override
  public String getPageTitle() {
    return "Sender " + name;
  }

  private void show(Live<Optional<SenderSummary>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<Optional<SenderSummary>> fresh) {
      missing.setVisible(fresh.value().isEmpty());
      whole.setVisible(fresh.value().isPresent());
      fresh.value().ifPresent(this::show);
    }
  }

  private void show(SenderSummary summary) {
    shown = summary;
    bounds.setText(BoundsText.of(summary.sender().bounds()));
    keys.show(summary);
    certificates.show(summary);
    showRefused(summary.refused());
  }

  private Div actions() {
    Button rotate = new Button("New key", _ -> rotate());
    rotate.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button bound =
        new Button(
            "Change what it may send", _ -> Optional.ofNullable(shown).ifPresent(this::bound));
    Div actions = new Div(rotate, bound);
    actions.addClassName(TillpostTheme.TOOLBAR);
    return actions;
  }

  private Div refusals() {
    H2 heading = new H2("Refused within 24 hours");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    nothingRefused.addClassName(TillpostTheme.QUIET);
    Div panel = new Div(heading, nothingRefused, refused);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }

  private void showRefused(List<Refused> lately) {
    nothingRefused.setVisible(lately.isEmpty());
    refused.show(
        lately.stream()
            .map(
                one ->
                    Fact.of(
                        one.reason().title(),
                        "%,d, last %s".formatted(one.count(), MomentText.full(one.lastAt(), zone))))
            .toList());
  }

  private void rotate() {
    Select<Duration> overlap = OverlapSelect.of("The keys of before go on for");
    new FormDialog(
            "New key for " + name,
            "Give it to the sender while the one of before still opens.",
            "Make the key",
            reason -> senders.rotate(name, overlap.getValue(), reason),
            answer -> {
              if (answer instanceof SenderAnswer.KeyMade made) {
                new KeyDialog(made).open();
              }
            },
            overlap)
        .open();
  }

  private void bound(SenderSummary summary) {
    BoundsFields fields = new BoundsFields(summary.sender().bounds());
    new FormDialog(
            "What " + name + " may send",
            "It holds within seconds.",
            "Save",
            reason -> senders.bound(name, fields.bounds(), reason),
            _ -> {},
            fields.all())
        .open();
  }
}
