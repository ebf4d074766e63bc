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
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Plans recovery operations for those who may: freezes their lists, and begins them at once where
 * that is asked for. What can be done with them then: {@link OperationControl}. What becomes of
 * them: {@link Operations}.
 */
public class Recovery {
  /** The longest list of messages chosen one by one. */
  public static final int MOST_CHOSEN = 1_000;

  private static final String MAY = "hasRole('" + Permission.Name.RETRY + "')";

  private final RecoveryRecords records;
  private final Messages messages;
  private final FailedMessages failedMessages;
  private final MessageLists lists;
  private final RetryRules rules;
  private final ListPlan plan;
  private final Beginning beginning;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  Recovery(
      RecoveryRecords records,
      Messages messages,
      RecoveryChannels channels,
      RecoveryProperties settings,
      Beginning beginning,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.messages = messages;
    this.failedMessages = new FailedMessages(messages);
    this.lists = new MessageLists(messages);
    this.rules = new RetryRules(records, channels);
    this.plan =
        new ListPlan(
            records, new Superseding(messages, settings.supersede()), settings.start(), clock);
    this.beginning = beginning;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Retries one failed message. It begins at once, unless a second person has to approve.
   *
   * @return accepted with the operation, the same one for every repeat with the same key
   */
  @PreAuthorize(MAY)
  public OperationAnswer retryMessage(MessageId id, RetryRequest request) {
    OperationScope scope =
        new OperationScope(OperationScope.Kind.MESSAGE, id.value(), null, "Message " + id);
    return answerTo(request, scope).orElseGet(() -> retry(id, request));
  }

  /**
   * Retries all messages that are failed in an exception now, up to 10,000, the oldest first. The
   * list is frozen at once: what fails later is not touched. It begins at once, unless a second
   * person has to approve.
   *
   * @return accepted with the operation, the same one for every repeat with the same key
   */
  @PreAuthorize(MAY)
  public OperationAnswer retryException(Fingerprint fingerprint, RetryRequest request) {
    return answerTo(request, exception(fingerprint, "Exception " + fingerprint))
        .orElseGet(() -> freezeException(fingerprint, request, true));
  }

  /**
   * Freezes the list of all messages that are failed in an exception now, up to 10,000, the oldest
   * first, so that it can be looked at. Nothing is dispatched.
   *
   * @param key the same for every repeat of one request, or null where there is none
   * @return accepted with the operation, the same one for every repeat with the same key
   */
  @PreAuthorize(MAY)
  public OperationAnswer planException(Fingerprint fingerprint, @Nullable String key) {
    RetryRequest request = RetryRequest.plan(key);
    return answerTo(request, exception(fingerprint, "Exception " + fingerprint))
        .orElseGet(() -> freezeException(fingerprint, request, false));
  }

  /**
   * Freezes a list of messages chosen one by one, so that it can be looked at. Nothing is
   * dispatched.
   *
   * @param ids 1 to 1,000 messages of workflows with the same channel
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planMessages(Collection<MessageId> ids, @Nullable String key) {
    RetryRequest request = RetryRequest.plan(key);
    if (ids.isEmpty() || ids.size() > MOST_CHOSEN) {
      return new OperationAnswer.Invalid("1 to %,d messages are needed".formatted(MOST_CHOSEN));
    }
    Set<String> chosen = ids.stream().map(MessageId::value).collect(Collectors.toSet());
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.SELECTION,
            Integer.toString(chosen.size()),
            null,
            "%,d chosen messages".formatted(chosen.size()));
    return answerTo(request, scope)
        .orElseGet(() -> freeze(request, scope, auditSubject(scope), lists.of(chosen), false));
  }

  /**
   * Freezes a list of what an operation did not bring to its end: failed again, refused, rejected
   * or left out. What is unconfirmed is not on it: nobody knows whether the target has it.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRest(String operationId, @Nullable String key) {
    RetryRequest request = RetryRequest.plan(key);
    RecoveryOperation earlier =
        records.operations().get(operationId).map(Versioned::value).orElse(null);
    if (earlier == null) {
      return new OperationAnswer.NotFound("There is no operation " + operationId);
    }
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.OPERATION,
            operationId,
            earlier.scope().fingerprint(),
            "The rest of: " + earlier.scope().description());
    return answerTo(request, scope)
        .orElseGet(
            () ->
                earlier.state().open()
                    ? new OperationAnswer.Refused("The operation has not come to its end yet")
                    : freeze(
                        request, scope, auditSubject(scope), lists.of(restOf(operationId)), false));
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
  private Optional<OperationAnswer> answerTo(RetryRequest request, OperationScope scope) {
    Optional<String> fault = request.fault();
    if (fault.isPresent()) {
      return Optional.of(new OperationAnswer.Invalid(fault.get()));
    }
    return records.operations().get(id(request)).map(known -> repeated(known, scope));
  }

  private static OperationAnswer repeated(
      Versioned<RecoveryOperation> known, OperationScope scope) {
    OperationScope other = known.value().scope();
    if (other.kind() != scope.kind() || !other.subjectId().equals(scope.subjectId())) {
      return new OperationAnswer.Refused(
          "This Idempotency-Key was used for " + other.description());
    }
    return known.value().state() == OperationState.ABANDONED
        ? new OperationAnswer.Refused(
            "The request with this Idempotency-Key was interrupted and nothing was sent; use another one")
        : new OperationAnswer.Accepted(known.value());
  }

  private OperationAnswer retry(MessageId id, RetryRequest request) {
    Message message = messages.find(id).map(StoredMessage::message).orElse(null);
    if (message == null) {
      return new OperationAnswer.NotFound("There is no message " + id);
    }
    Optional<String> objection = rules.objection(message);
    if (objection.isPresent()) {
      return new OperationAnswer.Refused(objection.get());
    }
    OperationScope scope =
        new OperationScope(
            OperationScope.Kind.MESSAGE,
            id.value(),
            message.fingerprint().map(Fingerprint::value).orElse(null),
            "Message " + id);
    return freeze(request, scope, auditSubject(scope), Map.of(id.value(), message), true);
  }

  private OperationAnswer freezeException(
      Fingerprint fingerprint, RetryRequest request, boolean begin) {
    FailedMessages.Found found = failedMessages.of(fingerprint);
    if (found.messages().isEmpty()) {
      return new OperationAnswer.NotFound("No message of this exception is failed any more");
    }
    OperationScope scope = exception(fingerprint, found.description());
    return freeze(request, scope, auditSubject(scope), found.messages(), begin);
  }

  private OperationAnswer freeze(
      RetryRequest request,
      OperationScope scope,
      AuditSubject subject,
      Map<String, Message> chosen,
      boolean begin) {
    Optional<OperationAnswer> fault = faultOf(chosen);
    if (fault.isPresent()) {
      return fault.get();
    }
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
        AuditAct.of(
                operation.requestedBy(),
                begin ? AuditAction.RETRY : AuditAction.PLAN_OPERATION,
                subject)
            .changing(null, chosen.size() + (chosen.size() == 1 ? " message" : " messages"))
            .because(begin ? request.reason() : null);
    return audit.record(act, () -> freeze(operation, chosen, begin), Endings::of);
  }

  private Optional<OperationAnswer> faultOf(Map<String, Message> chosen) {
    if (chosen.isEmpty()) {
      return Optional.of(new OperationAnswer.NotFound("None of these messages is stored"));
    }
    Set<String> workflows =
        chosen.values().stream().map(Message::workflow).collect(Collectors.toSet());
    Optional<String> missing =
        workflows.stream().flatMap(w -> rules.channelMissing(w).stream()).findFirst();
    if (missing.isPresent()) {
      return Optional.of(new OperationAnswer.Refused(missing.get()));
    }
    long channels = workflows.stream().map(rules::channel).distinct().count();
    return channels == 1
        ? Optional.empty()
        : Optional.of(
            new OperationAnswer.Refused("These messages go through different recovery channels"));
  }

  private OperationAnswer freeze(
      RecoveryOperation operation, Map<String, Message> chosen, boolean begin) {
    if (!records.operations().create(operation.id(), operation)) {
      // The same request came twice at the same time; the other one goes on with it.
      return records
          .operations()
          .get(operation.id())
          .map(known -> repeated(known, operation.scope()))
          .orElseThrow(() -> new IllegalStateException("Operations are never removed"));
    }
    Optional<RecoveryOperation> frozen =
        plan.freeze(
            operation,
            chosen,
            o -> begin ? beginning.of(o, operation.requestedBy()) : Optional.of(o));
    frozen.ifPresent(beginning::tell);
    return frozen
        .<OperationAnswer>map(OperationAnswer.Accepted::new)
        .orElseGet(
            () -> new OperationAnswer.Refused("The operation was given up; nothing was sent"));
  }

  private Set<String> restOf(String operationId) {
    Set<ItemState> rest =
        EnumSet.of(ItemState.FAILED, ItemState.REFUSED, ItemState.REJECTED, ItemState.SKIPPED);
    return records.itemsOf(operationId).stream()
        .map(Versioned::value)
        .filter(item -> rest.contains(item.state()))
        .map(RecoveryItem::messageId)
        .collect(Collectors.toSet());
  }

  private static OperationScope exception(Fingerprint fingerprint, String description) {
    return new OperationScope(
        OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), description);
  }

  private static AuditSubject auditSubject(OperationScope scope) {
    return new AuditSubject(
        switch (scope.kind()) {
          case MESSAGE -> AuditSubject.Kind.MESSAGE;
          case EXCEPTION -> AuditSubject.Kind.EXCEPTION;
          case OPERATION, SELECTION -> AuditSubject.Kind.OPERATION;
        },
        scope.subjectId());
  }

  private String id(RetryRequest request) {
    return OperationIds.of(currentOperator.get().id(), request.key(), clock.instant());
  }
}
