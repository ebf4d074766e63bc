package io.tillpost.console.audit.ui;

import io.tillpost.console.audit.AuditSubject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the things that were acted on are shown. */
final class SubjectLinks {
  private SubjectLinks() {}

  /** The address within the console; empty for what has no page of its own. */
  static Optional<String> to(AuditSubject.Kind kind, String id) {
    String path =
        switch (kind) {
          case EXCEPTION -> "exceptions/";
          case MESSAGE -> "messages/";
          case OPERATION -> "operations/";
          case SENDER -> "senders/";
          case TARGET -> "targets?name=";
          case ALERT, LIST, PARKED_RECORD, OPERATOR, VIEW, AUDIT, SETTING -> "";
        };
    return path.isEmpty() ? Optional.empty() : Optional.of(path + encoded(id));
  }

  /** In a path a blank is not a plus. */
  private static String encoded(String id) {
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
