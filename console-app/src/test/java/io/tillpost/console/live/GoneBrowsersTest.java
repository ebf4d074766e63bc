package io.tillpost.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.vaadin.flow.server.communication.PushAtmosphereHandler;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class GoneBrowsersTest {
  private final LoggerContext log = new LoggerContext();
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger push = log.getLogger(PushAtmosphereHandler.class);

  GoneBrowsersTest() {
    log.addTurboFilter(new GoneBrowsers());
    log.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    log.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
    written.start();
  }

  @Test
  void aTabThatWasClosedIsNoError() {
    push.error("Exception in push connection", new IOException("Socket closed"));

    assertThat(written.list).isEmpty();
  }

  @Test
  void whoLooksForItSeesIt() {
    push.setLevel(Level.DEBUG);

    push.error("Exception in push connection", new IOException("Socket closed"));

    assertThat(written.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("A browser is gone: Socket closed");
  }

  @Test
  void everythingElseIsAnErrorAsBefore() {
    push.error("Exception in push connection", new IllegalStateException("A fault of ours"));
    log.getLogger("io.tillpost").error("Disk", new IOException("No space left on device"));

    assertThat(written.list)
        .extracting(ILoggingEvent::getLevel)
        .containsOnly(Level.ERROR)
        .hasSize(2);
  }
}
