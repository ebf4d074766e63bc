package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
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
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.SenderKey;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One sender: its keys and certificates, what it may send, what was refused to it. */
@Route("senders/:name")
@RolesAllowed(Permission.Name.ADMINISTER)
final class SenderView extends Div implements BeforeEnterObserver, HasDynamicTitle {
  private static final Duration EVERY = Duration.ofSeconds(3);

  private final transient SenderList list;
  private final transient Senders senders;
  private final transient SenderCertificates certificates;
  private final transient LiveUpdates live;
  private final transient Clock clock;
  private final transient ZoneId zone;
  private final AsOf asOf;
  private final Div missing = new Div();
  private final Div whole = new Div();
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
    this.certificates = certificates;
    this.live = live;
    this.asOf = asOf;
    this.clock = clock;
    this.zone = consoleZone;
    addClassName(TillpostTheme.VIEW);
    missing.addClassName(TillpostTheme.EMPTY_STATE);
    missing.setText("There is no sender of this name that was made in the console.");
    missing.setVisible(false);
    add(asOf, new Span(new Anchor("senders", "All senders")), missing, whole);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
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
      fresh.value().filter(latest -> !latest.equals(shown)).ifPresent(this::show);
    }
  }

  private void show(SenderSummary summary) {
    shown = summary;
    whole.removeAll();
    Button rotate = new Button("New key", _ -> rotate());
    rotate.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button bound = new Button("Change what it may send", _ -> bound(summary));
    Div actions = new Div(rotate, bound);
    actions.addClassName(TillpostTheme.TOOLBAR);
    whole.add(new Span(BoundsText.of(summary.sender().bounds())), actions);
    whole.add(
        keys(summary), new CertificatePanel(certificates, summary, clock, zone), refused(summary));
  }

  private Div keys(SenderSummary summary) {
    Div keys = panel("Keys");
    summary
        .sender()
        .keys()
        .reversed()
        .forEach(
            key -> {
              DescriptionList facts = new DescriptionList();
              facts.addClassName(TillpostTheme.FACTS);
              fact(facts, "Key", key.id());
              fact(facts, "State", state(key));
              fact(facts, "Made", MomentText.full(key.madeAt(), zone) + " by " + key.madeBy());
              fact(
                  facts,
                  "Last use",
                  LastUseText.of(summary.lastUse().get(key.id()), clock.instant(), zone));
              keys.add(facts);
              if (key.opens(clock.instant())) {
                Button revoke = new Button("Revoke", _ -> revoke(key));
                revoke.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
                revoke.setAriaLabel("Revoke key " + key.id());
                keys.add(revoke);
              }
            });
    return keys;
  }

  private Div refused(SenderSummary summary) {
    Div refused = panel("Refused within 24 hours");
    if (summary.refused().isEmpty()) {
      Span nothing = new Span("Nothing.");
      nothing.addClassName(TillpostTheme.QUIET);
      refused.add(nothing);
      return refused;
    }
    DescriptionList facts = new DescriptionList();
    facts.addClassName(TillpostTheme.FACTS);
    summary
        .refused()
        .forEach(
            one ->
                fact(
                    facts,
                    one.reason().title(),
                    "%,d, last %s".formatted(one.count(), MomentText.full(one.lastAt(), zone))));
    refused.add(facts);
    return refused;
  }

  private static void fact(DescriptionList facts, String term, String words) {
    facts.add(new DescriptionList.Term(term), new DescriptionList.Description(words));
  }

  private static Div panel(String title) {
    H2 heading = new H2(title);
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    Div panel = new Div(heading);
    panel.addClassName(TillpostTheme.PANEL);
    return panel;
  }

  private String state(SenderKey key) {
    return switch (key.state(clock.instant())) {
      case VALID -> "✓ Valid";
      case ENDING -> "▲ Valid until " + moment(key.validUntil());
      case EXPIRED -> "– Replaced, ended " + moment(key.validUntil());
      case REVOKED -> "■ Revoked " + moment(key.revokedAt());
    };
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
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

  private void revoke(SenderKey key) {
    new FormDialog(
            "Revoke key " + key.id(),
            "Whoever still shows it is refused within seconds. This cannot be undone.",
            "Revoke",
            reason -> senders.revoke(name, key.id(), reason),
            _ -> {})
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
