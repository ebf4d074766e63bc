package io.tillpost.console.recovery;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;

/** Starts recovery operations for those who may. What becomes of them: {@link Operations}. */
public class Recovery {
  private final RecoveryRecords records;
  private final Messages messages;
  private final FailedMessages failedMessages;
  private final RetryRules rules;
  private final RetryPlan plan;
  private final RecoveryDispatcher dispatcher;
  private final Listeners listeners;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  Recovery(
      RecoveryRecords records,
      Messages messages,
      RecoveryChannels channels,
      RecoveryDispatcher dispatcher,
      List<RecoveryListener> listeners,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.failedMessages = new FailedMessages(messages);
    this.rules = new RetryRules(records, channels);
    this.plan = new RetryPlan(records, clock);
    this.dispatcher = dispatcher;
    this.listeners = new Listeners(listeners);
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Retries one failed message.
   *
   * @return accepted with the operation, the same one for every repeat with the same key
   */
  @PreAuthorize("hasRole('" + Permission.Name.RETRY + "')")
  public RetryAnswer retryMessage(MessageId id, RetryRequest request) {
    OperationScope scope =
        new OperationScope(OperationScope.Kind.MESSAGE, id.value(), null, "Message " + id);
    return answerTo(request, scope)
        .orElseGet(
            () ->
                messages
                    .find(id)
                    .map(StoredMessage::message)
                    .map(message -> retry(message, request))
                    .orElseGet(() -> new RetryAnswer.NotFound("There is no message " + id)));
  }

  /**
   * Retries all messages that are failed in an exception now, up to 10,000, the oldest first. The
   * list is frozen at once: what fails later is not touched.
   *
   * @return accepted with the operation, the same one for every repeat with the same key
   */
  @PreAuthorize("hasRole('" + Permission.Name.RETRY + "')")
  public RetryAnswer retryException(Fingerprint fingerprint, RetryRequest request) {
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.EXCEPTION,
            fingerprint.value(),
            fingerprint.value(),
            "Exception " + fingerprint);
    return answerTo(request, scope).orElseGet(() -> retryAll(fingerprint, request));
  }

  /** Why this message cannot be retried now, as a sentence for a button; empty if it can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(Message message) {
    return rules.objection(message);
  }

  /**
   * Why the message with this id cannot be retried now, as a sentence for a button; empty if it
   * can.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(MessageId id) {
    return messages
        .find(id)
        .map(stored -> rules.objection(stored.message()))
        .orElseGet(() -> Optional.of("The message is not stored"));
  }

  /** Why messages of this workflow cannot be retried at all; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(String workflow) {
    return rules.channelMissing(workflow);
  }

  /** The answer that needs no look at the messages; empty where they have to be looked at. */
  private Optional<RetryAnswer> answerTo(RetryRequest request, OperationScope scope) {
    Optional<String> fault = request.fault();
    if (fault.isPresent()) {
      return Optional.of(new RetryAnswer.Invalid(fault.get()));
    }
    return records.operations().get(id(request)).map(known -> repeated(known, scope));
  }

  private static RetryAnswer repeated(Versioned<RecoveryOperation> known, OperationScope scope) {
    OperationScope other = known.value().scope();
    return other.kind() == scope.kind() && other.subjectId().equals(scope.subjectId())
        ? new RetryAnswer.Accepted(known.value())
        : new RetryAnswer.Refused("This Idempotency-Key was used for " + other.description());
  }

  private RetryAnswer retry(Message message, RetryRequest request) {
    Optional<String> objection = rules.objection(message);
    if (objection.isPresent()) {
      return new RetryAnswer.Refused(objection.get());
    }
    String id = message.id().value();
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.MESSAGE,
            id,
            message.fingerprint().map(Fingerprint::value).orElse(null),
            "Message " + id);
    return start(
        request, scope, new AuditSubject(AuditSubject.Kind.MESSAGE, id), Map.of(id, message));
  }

  private RetryAnswer retryAll(Fingerprint fingerprint, RetryRequest request) {
    FailedMessages.Found found = failedMessages.of(fingerprint);
    if (found.messages().isEmpty()) {
      return new RetryAnswer.NotFound("No message of this exception is failed any more");
    }
    String workflow = found.messages().values().iterator().next().workflow();
    Optional<String> missing = rules.channelMissing(workflow);
    if (missing.isPresent()) {
      return new RetryAnswer.Refused(missing.get());
    }
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.EXCEPTION,
            fingerprint.value(),
            fingerprint.value(),
            found.description());
    return start(
        request,
        scope,
        new AuditSubject(AuditSubject.Kind.EXCEPTION, fingerprint.value()),
        found.messages());
  }

  private RetryAnswer start(
      RetryRequest request,
      OperationScope scope,
      AuditSubject subject,
      Map<String, Message> chosen) {
    String workflow = chosen.values().iterator().next().workflow();
    RecoveryOperation operation =
        RecoveryOperation.planned(
            id(request),
            RecoveryAction.RETRY,
            currentOperator.get().id(),
            request.reason(),
            clock.instant(),
            scope,
            rules.channel(workflow).name());
    AuditAct act =
        AuditAct.of(operation.requestedBy(), AuditAction.RETRY, subject)
            .changing(null, chosen.size() + (chosen.size() == 1 ? " message" : " messages"))
            .because(request.reason());
    return audit.record(act, () -> start(operation, chosen), Recovery::ending);
  }

  private RetryAnswer start(RecoveryOperation operation, Map<String, Message> chosen) {
    if (!records.operations().create(operation.id(), operation)) {
      // The same request came twice at the same time; the other one goes on with it.
      return records
          .operations()
          .get(operation.id())
          .map(known -> repeated(known, operation.scope()))
          .orElseThrow(() -> new IllegalStateException("Operations are never removed"));
    }
    Optional<RecoveryOperation> running = plan.freeze(operation, chosen);
    running.ifPresent(
        started -> {
          listeners.started(started);
          dispatcher.nudge(started.id());
        });
    return running
        .<RetryAnswer>map(RetryAnswer.Accepted::new)
        .orElseGet(() -> new RetryAnswer.Refused("The operation was given up; nothing was sent"));
  }

  private static AuditLog.Ending ending(RetryAnswer answer) {
    return switch (answer) {
      case RetryAnswer.Accepted a -> AuditLog.Ending.done("Operation " + a.operation().id());
      case RetryAnswer.Refused r -> AuditLog.Ending.refused(r.reason());
      case RetryAnswer.NotFound n -> AuditLog.Ending.refused(n.reason());
      case RetryAnswer.Invalid i -> AuditLog.Ending.refused(i.reason());
    };
  }

  private String id(RetryRequest request) {
    return OperationIds.of(currentOperator.get().id(), request.key(), clock.instant());
  }
}
