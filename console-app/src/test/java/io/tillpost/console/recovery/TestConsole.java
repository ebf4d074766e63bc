package io.tillpost.console.recovery;

import io.opentelemetry.api.OpenTelemetry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Messages;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** One console's recovery on documents that others may share. */
final class TestConsole implements AutoCloseable {
  final RecoveryRecords records;
  final RecoveryDispatcher dispatcher;
  final Recovery recovery;
  final Operations operations;

  TestConsole(
      DocumentStore documents,
      Messages messages,
      RecoveryChannels channels,
      RecoveryProperties pace,
      List<RecoveryListener> listeners) {
    Clock clock = Clock.systemUTC();
    records = new RecoveryRecords(documents);
    dispatcher =
        new RecoveryDispatcher(
            records, messages, channels, pace, OpenTelemetry.noop(), listeners, clock);
    recovery =
        new Recovery(
            records,
            messages,
            channels,
            dispatcher,
            listeners,
            new AuditLog(documents, Optional::empty, clock),
            new CurrentOperator(),
            clock);
    operations = new Operations(records);
  }

  TestConsole start() {
    dispatcher.start();
    return this;
  }

  /** From now on this thread works for that person. */
  static void logIn(String user, String role) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_" + role));
  }

  @Override
  public void close() {
    dispatcher.stop();
  }
}
