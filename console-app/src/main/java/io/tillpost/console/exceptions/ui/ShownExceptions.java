package io.tillpost.console.exceptions.ui;

import io.tillpost.console.exceptions.ExceptionDetail;
import io.tillpost.console.exceptions.ExceptionInbox;
import io.tillpost.console.exceptions.Retried;
import io.tillpost.console.exceptions.RetriedAlike;
import io.tillpost.console.exceptions.RetryEvidence;
import io.tillpost.console.exceptions.RuleSuggestions;
import io.tillpost.console.messages.MessageStories;
import io.tillpost.console.messages.MessageStory;
import io.tillpost.console.recovery.due.AutomaticNotice;
import io.tillpost.console.recovery.due.AutomaticRetries;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.failure.Fingerprint;
import java.util.List;
import java.util.Optional;

/** Reads everything that is shown of an exception beside the list. */
record ShownExceptions(
    ExceptionInbox inbox,
    MessageStories stories,
    Operations operations,
    RuleSuggestions suggestions,
    RetryEvidence evidence,
    AutomaticRetries automatic) {
  private static final int RUNS = 5;

  /**
   * Everything of one exception.
   *
   * @param story of its sample
   * @param runs its latest operations, the newest first
   * @param alike what retries of like failures came to, where its own are too few to tell
   */
  record Shown(
      ExceptionDetail detail,
      Optional<MessageStory> story,
      List<OperationProgress> runs,
      Optional<RuleSuggestions.Suggestion> suggestion,
      Optional<Retried> retried,
      Optional<RetriedAlike> alike,
      Optional<AutomaticNotice> notice) {}

  /** The exception of this name; empty where there is none. */
  Optional<Shown> find(Fingerprint fingerprint) {
    return inbox
        .find(fingerprint)
        .map(
            found -> {
              Optional<Retried> own = evidence.of(fingerprint);
              return new Shown(
                  found,
                  found
                      .group()
                      .flatMap(group -> stories.sample(fingerprint, group.sampleMessage())),
                  operations.ofException(found.members(), RUNS),
                  suggestions.of(fingerprint),
                  own,
                  own.isPresent() ? Optional.empty() : alike(found),
                  automatic.of(fingerprint));
            });
  }

  private Optional<RetriedAlike> alike(ExceptionDetail found) {
    return found
        .summary()
        .flatMap(
            summary ->
                Optional.ofNullable(summary.group().target())
                    .flatMap(target -> evidence.alike(summary.failureClass(), target)));
  }
}
