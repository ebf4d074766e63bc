package io.tillpost.console.senders.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.live.LiveFacts;
import io.tillpost.console.live.LiveFacts.Fact;
import io.tillpost.console.senders.SenderSummary;
import io.tillpost.console.senders.Senders;
import io.tillpost.console.text.MomentText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.store.SenderKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys of a sender, the newest first: whether each still opens, when it was used. */
final class KeyPanel extends Div {
  private final transient Senders senders;
  private final transient Clock clock;
  private final transient ZoneId zone;
  private final Div each = new Div();
  private final List<LiveFacts> facts = new ArrayList<>();
  private final transient Drawn<List<Opening>> drawn = new Drawn<>();
  private String name = "";

  KeyPanel(Senders senders, Clock clock, ZoneId zone) {
    this.senders = senders;
    this.clock = clock;
    this.zone = zone;
    addClassName(TillpostTheme.PANEL);
    H2 heading = new H2("Keys");
    heading.addClassName(TillpostTheme.PANEL_TITLE);
    add(heading, each);
  }

  void show(SenderSummary summary) {
    name = summary.sender().name();
    Instant now = clock.instant();
    List<SenderKey> keys = summary.sender().keys().reversed();
    List<Opening> openings =
        keys.stream().map(key -> new Opening(key.id(), key.opens(now))).toList();
    if (drawn.differs(openings)) {
      each.removeAll();
      facts.clear();
      openings.forEach(this::draw);
    }
    for (int i = 0; i < keys.size(); i++) {
      SenderKey key = keys.get(i);
      facts.get(i).show(facts(key, summary.lastUse().get(key.id()), now));
    }
  }

  private void draw(Opening key) {
    LiveFacts told = new LiveFacts();
    facts.add(told);
    each.add(told);
    if (key.opens()) {
      Button revoke = new Button("Revoke", _ -> revoke(key.id()));
      revoke.addThemeVariants(ButtonVariant.LUMO_ERROR, ButtonVariant.LUMO_SMALL);
      revoke.setAriaLabel("Revoke key " + key.id());
      each.add(revoke);
    }
  }

  private List<Fact> facts(SenderKey key, @Nullable Instant lastUse, Instant now) {
    return List.of(
        Fact.of("Key", key.id()),
        Fact.of("State", state(key, now)),
        Fact.of("Made", MomentText.full(key.madeAt(), zone) + " by " + key.madeBy()),
        Fact.of("Last use", LastUseText.of(lastUse, now, zone)));
  }

  private String state(SenderKey key, Instant now) {
    return switch (key.state(now)) {
      case VALID -> "✓ Valid";
      case ENDING -> "▲ Valid until " + moment(key.validUntil());
      case EXPIRED -> "– Replaced, ended " + moment(key.validUntil());
      case REVOKED -> "■ Revoked " + moment(key.revokedAt());
    };
  }

  private String moment(@Nullable Instant at) {
    return at == null ? "" : MomentText.full(at, zone);
  }

  private void revoke(String id) {
    new FormDialog(
            "Revoke key " + id,
            "Whoever still shows it is refused within seconds. This cannot be undone.",
            "Revoke",
            reason -> senders.revoke(name, id, reason),
            _ -> {})
        .open();
  }

  /**
   * What a key's button is made for.
   *
   * @param opens whether it opens now
   */
  private record Opening(String id, boolean opens) {}
}
