package io.tillpost.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.server.ErrorEvent;
import io.tillpost.store.StoreUnavailableException;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailedActsTest {
  private final RuntimeException away = new StoreUnavailableException("away", null);
  private final FailedActs acts = new FailedActs();
  private final UI ui = new UI();
  private final Button button = new Button("Preview");

  @BeforeEach
  void press() {
    UI.setCurrent(ui);
    button.setDisableOnClick(true);
    button.setEnabled(false);
  }

  @AfterEach
  void leave() {
    UI.setCurrent(null);
  }

  @Test
  void whatIsNotKnownToBeDoneCanBePressedAgain() {
    acts.error(new ErrorEvent(away, button.getElement().getNode()));

    assertThat(said()).contains("not known whether that was done", "press again");
    assertThat(button.isEnabled()).isTrue();
  }

  @Test
  void whatFailsWithoutAPressIsSaidOnce() {
    acts.error(new ErrorEvent(away));
    assertThat(said())
        .contains("not all on this page is up to date", "Do again in a moment what you did last");
    Notification first = shown();

    acts.error(new ErrorEvent(away));
    assertThat(shown()).isSameAs(first);

    acts.error(new ErrorEvent(away, button.getElement().getNode()));
    assertThat(said()).contains("not known whether that was done");
    assertThat(first.isOpened()).isFalse();
  }

  @Test
  void whatAKeyStartsComesWrapped() {
    acts.error(new ErrorEvent(new RuntimeException(away), new Div().getElement().getNode()));

    assertThat(said()).contains("The storage does not answer", "not known whether that was done");
  }

  @Test
  void whatRunsLaterForAPageComesWrapped() {
    acts.error(new ErrorEvent(new ExecutionException(away)));

    assertThat(said()).contains("The storage does not answer", "not all on this page");
  }

  @Test
  void causesThatGoRoundInACircleEnd() {
    Exception first = new IllegalStateException("first");
    first.initCause(new IllegalStateException("second", first));
    acts.error(new ErrorEvent(first));

    assertThat(said()).contains("inside Tillpost");
  }

  @Test
  void whatIsOurFaultHasAReference() {
    acts.error(new ErrorEvent(new IllegalStateException("ours"), button.getElement().getNode()));

    assertThat(said())
        .contains("Reload the page to see, before you press again")
        .containsPattern("the reference [A-Z0-9]{7}\\.")
        .doesNotContain("ours");
  }

  private String said() {
    return shown().getElement().getProperty("text");
  }

  private Notification shown() {
    return Objects.requireNonNull(ComponentUtil.getData(ui, Notification.class));
  }
}
