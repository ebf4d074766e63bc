package io.tillpost.frontend.payload;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import org.jspecify.annotations.Nullable;

/**
 * A document as text: pretty-printed where it is JSON or XML, with line numbers and a copy button,
 * folded where it is long. Whatever the document holds, the browser shows it and never runs it.
 */
@Tag("tillpost-payload-view")
@NpmPackage(value = "lit", version = "3.3.3")
@JsModule("./tillpost/payload-view.ts")
public final class PayloadView extends Component implements HasSize {

  /** Says that there is no payload until one is set. */
  public PayloadView() {}

  /**
   * Shows a document. Copying copies it as it is given here, not as it is printed.
   *
   * @param text null or empty shows the empty state
   * @param mediaType like {@code application/json}; {@code …json} and {@code …xml} are
   *     pretty-printed if they parse, anything else is shown as it is
   */
  public void setPayload(@Nullable String text, String mediaType) {
    getElement().setProperty("mediaType", mediaType);
    getElement().setProperty("text", text == null ? "" : text);
  }

  /**
   * Marks the field of a JSON payload that a failure points at; other payloads have no marks.
   *
   * @param path like {@code lines[2].taxCode} or a JSON pointer like {@code /lines/2/taxCode}; a
   *     path that leads nowhere marks the nearest field above it and says so; null marks nothing
   */
  public void setMarkedPath(@Nullable String path) {
    getElement().setProperty("markedPath", path == null ? "" : path);
  }

  /** What stands above the document, like {@code sent 14:03:22}; null shows the media type. */
  public void setTitle(@Nullable String title) {
    getElement().setProperty("heading", title == null ? "" : title);
  }

  /** What the empty state says; the default is "No payload was kept". */
  public void setEmptyText(String text) {
    getElement().setProperty("emptyText", text);
  }
}
