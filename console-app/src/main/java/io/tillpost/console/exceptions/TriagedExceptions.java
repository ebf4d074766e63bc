package io.tillpost.console.exceptions;

import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleMatch;
import io.tillpost.console.recovery.automatic.TriagedFailures;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Stores;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells recovery which class failures have and what people decided about them. */
final class TriagedExceptions implements TriagedFailures {
  private static final int MOST = 10_000;

  private final TriageRecords records;
  private final FailureQueries failures;
  private final Messages messages;
  private final Classifier classifier;

  TriagedExceptions(TriageRecords records, Stores stores, Classifier classifier) {
    this.records = records;
    this.failures = stores.failures();
    this.messages = stores.messages();
    this.classifier = classifier;
  }

  @Override
  public List<Failed> failed() {
    List<Group> groups = failures.groups(FailureFilter.ALL, MOST);
    Map<String, ExceptionGroup> decided =
        records.all(groups.stream().map(Group::fingerprint).toList());
    Map<Classifier.Subject, RuleMatch> matches =
        classifier.of(groups.stream().map(ExceptionSummary::subject).toList());
    return groups.stream()
        .map(
            group -> {
              ExceptionGroup known = decided.get(group.fingerprint().value());
              return failed(
                  group,
                  known == null ? ExceptionGroup.fresh(group.fingerprint()) : known,
                  matches.get(ExceptionSummary.subject(group)));
            })
        .toList();
  }

  @Override
  public Optional<Standing> of(Fingerprint exception) {
    return failures
        .group(exception)
        .map(
            group ->
                standing(
                    group,
                    records.get(group.fingerprint()),
                    classifier.of(ExceptionSummary.subject(group)).orElse(null)));
  }

  @Override
  public Optional<Standing> of(Message message) {
    return messages
        .exceptionOf(message)
        .flatMap(exception -> standing(exception, message, records.get(exception)));
  }

  @Override
  public Map<MessageId, FailureClass> classes(Collection<Message> some) {
    Map<MessageId, Fingerprint> exceptions = messages.exceptionsOf(some);
    Map<Fingerprint, Classifier.Subject> samples = new HashMap<>();
    for (Message message : some) {
      Fingerprint exception = exceptions.get(message.id());
      if (exception != null) {
        message
            .failure()
            .ifPresent(failure -> samples.putIfAbsent(exception, subject(message, failure)));
      }
    }
    Map<String, ExceptionGroup> decided = records.all(samples.keySet());
    Map<Classifier.Subject, RuleMatch> matches = classifier.of(samples.values());
    Map<MessageId, FailureClass> classes = new HashMap<>();
    for (Message message : some) {
      Fingerprint exception = exceptions.get(message.id());
      Classifier.Subject sample = exception == null ? null : samples.get(exception);
      if (exception != null && sample != null) {
        ExceptionGroup known = decided.get(exception.value());
        classes.put(
            message.id(),
            standing(
                    exception,
                    message.target(),
                    message.failure().orElse(sample.failure()),
                    known == null ? ExceptionGroup.fresh(exception) : known,
                    matches.get(sample))
                .failureClass());
      }
    }
    return classes;
  }

  private static Classifier.Subject subject(Message message, Failure failure) {
    return new Classifier.Subject(
        message.workflow(), message.target(), failure, message.id(), message.lastEventAt());
  }

  private Optional<Standing> standing(
      Fingerprint exception, Message message, ExceptionGroup triage) {
    return message
        .failure()
        .map(
            failure ->
                standing(
                    exception,
                    message.target(),
                    failure,
                    triage,
                    classifier.of(subject(message, failure)).orElse(null)));
  }

  private Failed failed(Group group, ExceptionGroup triage, @Nullable RuleMatch match) {
    return new Failed(
        standing(group, triage, match),
        group.messages(),
        group.lastFailed(),
        MessageQuery.ALL
            .withFingerprint(group.fingerprint())
            .withStatuses(Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED))
            .withOrder(MessageQuery.Order.OLDEST_FIRST),
        message -> standing(group.fingerprint(), message, triage));
  }

  private static Standing standing(Group group, ExceptionGroup triage, @Nullable RuleMatch match) {
    return standing(group.fingerprint(), group.target(), group.sample(), triage, match);
  }

  private static Standing standing(
      Fingerprint exception,
      @Nullable String target,
      Failure failure,
      ExceptionGroup triage,
      @Nullable RuleMatch match) {
    FailureClass byHand = triage.classOverride();
    FailureClass byRule = match == null ? failure.classOrUnknown() : match.rule().failureClass();
    return new Standing(
        exception, target, byHand == null ? byRule : byHand, byHand, triage.retryStoppedBy());
  }
}
