package io.tillpost.console.audit.ui;

import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.text.PathText;
import java.util.Optional;

/** Where the things that were acted on are shown. */
final class SubjectLinks {
  private SubjectLinks() {}

  /** The address within the console; empty for what has no page of its own. */
  static Optional<String> to(AuditSubject.Kind kind, String id) {
    return switch (kind) {
      case EXCEPTION -> Optional.of("exceptions/" + PathText.segment(id));
      case MESSAGE -> Optional.of("messages/" + PathText.segment(id));
      case OPERATION -> Optional.of("operations/" + PathText.segment(id));
      case SENDER -> Optional.of("senders/" + PathText.segment(id));
      case TARGET -> Optional.of("targets?name=" + PathText.query(id));
      case ALERT, LIST, PARKED_RECORD, OPERATOR, VIEW, AUDIT, SETTING -> Optional.empty();
    };
  }
}
