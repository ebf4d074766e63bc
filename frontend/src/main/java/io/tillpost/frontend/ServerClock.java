package io.tillpost.frontend;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import java.time.Clock;

/**
 * Tells the page what the server's clock says, so that all that counts from now counts right in a
 * browser with a wrong clock. One of them on a page is enough; it shows nothing.
 */
@Tag("tillpost-server-clock")
@JsModule("./tillpost/server-clock.ts")
public final class ServerClock extends Component {
  private final transient Clock clock;

  /** Told whenever this is put on a page. */
  public ServerClock(Clock clock) {
    this.clock = clock;
    getElement().setAttribute("hidden", true);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    // Not a property: that would be told again later, when it is not the time any more.
    getElement().callJsFunction("tell", (double) clock.millis());
  }
}
