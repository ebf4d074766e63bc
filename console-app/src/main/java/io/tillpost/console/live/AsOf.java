package io.tillpost.console.live;

import com.vaadin.flow.component.html.Span;
import io.tillpost.console.text.MomentText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Scope;
import org.springframework.stereotype.Component;

/**
 * Says how old what is on the screen is: "as of 10:15:04 CET · ingest is 3 s behind", or, as a
 * banner, since when it could not be refreshed and why. A view injects one, adds it, and shows each
 * result of {@link LiveUpdates} in it. A screen reader speaks the banner, not each moment.
 */
@Component
@Scope("prototype")
public final class AsOf extends Span {

  private final transient ZoneId zone;
  private final transient ObjectProvider<IngestDelay> ingestDelay;

  /** Of when what is on the screen is; null while nothing is. */
  private @Nullable Instant shown;

  /** Made by Spring. */
  AsOf(ZoneId consoleZone, ObjectProvider<IngestDelay> ingestDelay) {
    this.zone = consoleZone;
    this.ingestDelay = ingestDelay;
    addClassName("tillpost-as-of");
  }

  /** Shows the age of this result; an alert if it is stale. */
  public void show(Live<?> result) {
    switch (result) {
      case Live.Fresh<?> fresh -> at(fresh.asOf());
      case Live.Stale<?> stale -> {
        // Without a value of its own the result leaves on the screen what was there.
        if (stale.last().isPresent()) {
          shown = stale.asOf();
        }
        getElement().getThemeList().add("stale");
        getElement().setAttribute("role", "alert");
        setText("%s: %s. Trying again by itself.".formatted(sinceWhen(), stale.reason()));
      }
    }
  }

  /** Shows that all on the screen is of this moment. */
  public void at(Instant asOf) {
    shown = asOf;
    getElement().getThemeList().remove("stale");
    getElement().removeAttribute("role");
    setText("as of " + time(asOf) + delay());
  }

  /** Says that what was shown is not on the screen any more. */
  public void forget() {
    shown = null;
  }

  private String sinceWhen() {
    return shown == null ? "Not answered yet" : "Not refreshed since " + time(shown);
  }

  private String time(Instant instant) {
    return MomentText.time(instant, zone);
  }

  private String delay() {
    IngestDelay known = ingestDelay.getIfAvailable();
    if (known == null) {
      return "";
    }
    return known.now().map(AsOf::words).orElse(" · ingest delay unknown");
  }

  private static String words(Duration behind) {
    if (behind.toSeconds() < 1) {
      return " · ingest is up to date";
    }
    return behind.toMinutes() < 2
        ? " · ingest is %d s behind".formatted(behind.toSeconds())
        : " · ingest is %d min behind".formatted(behind.toMinutes());
  }
}
