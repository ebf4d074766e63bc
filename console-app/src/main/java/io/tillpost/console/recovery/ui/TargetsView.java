package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Menu;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.shared.Registration;
import io.tillpost.console.live.AsOf;
import io.tillpost.console.live.Live;
import io.tillpost.console.live.LiveKey;
import io.tillpost.console.live.LiveUpdates;
import io.tillpost.console.recovery.target.TargetStanding;
import io.tillpost.console.recovery.target.Targets;
import io.tillpost.console.security.Permission;
import io.tillpost.frontend.TillpostTheme;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every target: whether messages go to it now and why not, and freezes by hand. */
@Route("targets")
@PageTitle("Targets")
@Menu(title = "Targets", order = 3.5, icon = "vaadin:crosshairs")
@RolesAllowed(Permission.Name.VIEW)
final class TargetsView extends Div implements BeforeEnterObserver {
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final String NAME = "name";

  private final transient Targets targets;
  private final transient LiveUpdates live;
  private final transient Clock clock;
  private final transient ZoneId zone;
  private final transient Optional<String> mayNot;
  private final AsOf asOf;
  private final Span words = new Span();
  private final Span all = new Span(new Anchor("targets", "All targets"));
  private final Div empty = new Div();
  private final Div cards = new Div();
  private final Map<String, TargetCard> shown = new LinkedHashMap<>();
  private @Nullable String only;
  private transient @Nullable Registration watching;

  TargetsView(Targets targets, LiveUpdates live, AsOf asOf, ZoneId consoleZone, Clock clock) {
    this.targets = targets;
    this.live = live;
    this.clock = clock;
    this.zone = consoleZone;
    this.asOf = asOf;
    this.mayNot = targets.objection();
    addClassName(TillpostTheme.VIEW);
    words.setText(
        "While a target is closed, nothing is sent to it and it is not asked, neither for operations"
            + " of people nor for automatic retries. They go on by themselves afterwards.");
    words.addClassName(TillpostTheme.QUIET);
    // Said in words too: there is nothing to point with on a phone.
    Span refusal = new Span(mayNot.orElse(""));
    refusal.addClassName(TillpostTheme.QUIET);
    refusal.setVisible(mayNot.isPresent());
    empty.addClassName(TillpostTheme.EMPTY_STATE);
    empty.setVisible(false);
    cards.addClassName(TillpostTheme.TILES);
    add(asOf, words, refusal, all, empty, cards);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    only = event.getLocation().getQueryParameters().getSingleParameter(NAME).orElse(null);
    all.setVisible(only != null);
    watch();
  }

  private void watch() {
    if (watching != null) {
      watching.remove();
    }
    watching = live.watch(this, LiveKey.of("targets", EVERY), targets::all, this::show);
  }

  private void show(Live<List<TargetStanding>> result) {
    asOf.show(result);
    if (result instanceof Live.Fresh<List<TargetStanding>> fresh) {
      show(
          fresh.value().stream()
              .filter(target -> only == null || target.name().equals(only))
              .toList());
    }
  }

  private void show(List<TargetStanding> now) {
    empty.setVisible(now.isEmpty());
    empty.setText(nothing(only));
    List<String> names = now.stream().map(TargetStanding::name).toList();
    if (!names.equals(List.copyOf(shown.keySet()))) {
      // Cards stay what they are, so that a button is there when it is pressed.
      Map<String, TargetCard> before = Map.copyOf(shown);
      shown.clear();
      names.forEach(
          name -> shown.put(name, before.containsKey(name) ? before.get(name) : card(name)));
      cards.removeAll();
      shown.values().forEach(cards::add);
    }
    now.forEach(
        target -> {
          TargetCard card = shown.get(target.name());
          if (card != null) {
            card.show(target);
          }
        });
  }

  private TargetCard card(String name) {
    return new TargetCard(name, targets, mayNot, zone, clock, this::watch);
  }

  /** What is said where there is none. */
  static String nothing(@Nullable String name) {
    return name == null
        ? "No target is known yet. One is here once a message has failed on its way to it, or once it is named in the configuration, under tillpost.recovery.targets."
        : "There is no target %s: it is not in the configuration, no message has failed on its way to it, and no operation of the last 7 days is about it."
            .formatted(name);
  }
}
