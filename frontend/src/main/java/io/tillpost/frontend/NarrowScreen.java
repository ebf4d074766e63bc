package io.tillpost.frontend;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.function.SerializableConsumer;
import com.vaadin.flow.signals.Signal;

/** Tells components whether the screen is as narrow as a phone's. */
public final class NarrowScreen {
  /** The width up to which it is, in CSS pixels; as in the style sheets. */
  public static final int WIDTH = 640;

  private NarrowScreen() {}

  /**
   * Tells it at once and whenever it changes, as long as the component is attached.
   *
   * @param component of the current UI
   * @param listener gets true for a narrow screen
   */
  public static void watch(Component component, SerializableConsumer<Boolean> listener) {
    Page page = UI.getCurrent().getPage();
    Signal.effect(component, () -> listener.accept(page.windowSizeSignal().get().width() <= WIDTH));
  }
}
