package io.tillpost.console.live;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.stereotype.Component;

/**
 * Keeps it out of the log that a tab was closed just when something was pushed to it. Vaadin says
 * it as an error with a stack trace, but nothing is wrong and nobody can do anything: the page is
 * gone, and its subscriptions end with it. What is not a broken connection stays an error.
 * RATIONALE.md tells where it comes from.
 */
final class GoneBrowsers extends TurboFilter {
  static final String PUSH = "com.vaadin.flow.server.communication.PushAtmosphereHandler";

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable failure) {
    if (level != Level.ERROR
        || !(failure instanceof IOException)
        || !PUSH.equals(logger.getName())) {
      return FilterReply.NEUTRAL;
    }
    logger.debug("A browser is gone: {}", failure.getMessage());
    return FilterReply.DENY;
  }

  /** Puts it where the log comes by, once, however many contexts are started in this process. */
  @Component
  static final class Installed {
    Installed() {
      if (LoggerFactory.getILoggerFactory() instanceof LoggerContext log
          && log.getTurboFilterList().stream().noneMatch(GoneBrowsers.class::isInstance)) {
        log.addTurboFilter(new GoneBrowsers());
      }
    }
  }
}
