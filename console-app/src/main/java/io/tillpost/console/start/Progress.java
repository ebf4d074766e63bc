package io.tillpost.console.start;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever started the console what it is doing until it is up. */
@FunctionalInterface
public interface Progress {

  /** One line without a full stop. */
  void say(String line);

  /** To the log. */
  static Progress toLog() {
    Logger log = LoggerFactory.getLogger(Progress.class);
    return log::info;
  }
}
