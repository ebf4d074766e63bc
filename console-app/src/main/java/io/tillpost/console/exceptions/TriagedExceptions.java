package io.tillpost.console.exceptions;

import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.recovery.TriagedFailures;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells recovery which class failures have and what people decided about them. */
final class TriagedExceptions implements TriagedFailures {
  private static final int MOST = 10_000;

  private final TriageRecords records;
  private final FailureQueries failures;
  private final Messages messages;
  private final Supplier<ClassificationRules> rules;

  TriagedExceptions(TriageRecords records, Stores stores, Supplier<ClassificationRules> rules) {
    this.records = records;
    this.failures = stores.failures();
    this.messages = stores.messages();
    this.rules = rules;
  }

  @Override
  public List<Failed> failed() {
    List<Group> groups = failures.groups(FailureFilter.ALL, MOST);
    Map<String, ExceptionGroup> decided =
        records.all(groups.stream().map(Group::fingerprint).toList());
    return groups.stream()
        .map(
            group -> {
              ExceptionGroup known = decided.get(group.fingerprint().value());
              return failed(
                  group, known == null ? ExceptionGroup.fresh(group.fingerprint()) : known);
            })
        .toList();
  }

  @Override
  public Optional<Standing> of(Fingerprint exception) {
    return failures
        .group(exception)
        .map(group -> standing(group, records.get(group.fingerprint())));
  }

  @Override
  public Optional<Standing> of(Message message) {
    return messages
        .exceptionOf(message)
        .flatMap(exception -> standing(exception, message, records.get(exception)));
  }

  private Optional<Standing> standing(
      Fingerprint exception, Message message, ExceptionGroup triage) {
    return message
        .failure()
        .map(failure -> standing(exception, message.workflow(), message.target(), failure, triage));
  }

  private Failed failed(Group group, ExceptionGroup triage) {
    return new Failed(
        standing(group, triage),
        group.messages(),
        group.lastFailed(),
        MessageQuery.ALL
            .withFingerprint(group.fingerprint())
            .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
            .withOrder(MessageQuery.Order.OLDEST_FIRST),
        message -> standing(group.fingerprint(), message, triage));
  }

  private Standing standing(Group group, ExceptionGroup triage) {
    return standing(group.fingerprint(), group.workflow(), group.target(), group.sample(), triage);
  }

  private Standing standing(
      Fingerprint exception,
      String workflow,
      @Nullable String target,
      Failure failure,
      ExceptionGroup triage) {
    FailureClass byHand = triage.classOverride();
    FailureClass byRule =
        rules
            .get()
            .firstFor(workflow, target, failure)
            .map(rule -> rule.failureClass())
            .orElseGet(failure::classOrUnknown);
    return new Standing(
        exception, target, byHand == null ? byRule : byHand, byHand, triage.retryStoppedBy());
  }
}
