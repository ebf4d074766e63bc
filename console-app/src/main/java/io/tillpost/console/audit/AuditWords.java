package io.tillpost.console.audit;

import io.tillpost.console.background.RepeatedWork;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes entries findable by their words that were written before there were such, or by an older
 * console that runs beside this one. Any number of consoles may do it at the same time.
 */
@Component
final class AuditWords extends RepeatedWork {
  private static final Logger log = LoggerFactory.getLogger(AuditWords.class);
  private static final int PART = 500;

  private final AuditLog trail;

  AuditWords(AuditLog trail) {
    super("audit-words", Duration.ofMinutes(10));
    this.trail = trail;
  }

  /** Until none is left. */
  @Override
  protected void once() {
    long kept = 0;
    for (int part = trail.keepWords(PART); part > 0 && isRunning(); part = trail.keepWords(PART)) {
      kept += part;
    }
    if (kept > 0) {
      log.info("{} older audit entries are found by their words now", kept);
    }
  }
}
