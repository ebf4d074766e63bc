package io.tillpost.frontend;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * "3 min ago", ticking in the browser; the exact time with its zone is the tooltip. In a grid use
 * {@code <tillpost-relative-time .at=${item.at} zone=${item.zone}>} with milliseconds since 1970,
 * and {@code @Uses(RelativeTime.class)} on the view. A page with a {@link ServerClock} counts by
 * the clock of the server, any other by the browser's.
 */
@Tag("tillpost-relative-time")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/relative-time.ts")
public final class RelativeTime extends Component {

  /** Shows an em dash until a time is set. */
  public RelativeTime() {}

  /** Shows how long ago {@code at} was; the tooltip gives it in {@code zone}. */
  public RelativeTime(Instant at, ZoneId zone) {
    set(at, zone);
  }

  /** Changes what is shown. A null {@code at} shows an em dash. */
  public void set(@Nullable Instant at, ZoneId zone) {
    getElement().setProperty("zone", zone.getId());
    if (at == null) {
      getElement().removeProperty("at");
    } else {
      getElement().setProperty("at", (double) at.toEpochMilli());
    }
  }
}
