package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.text.CountText;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says in words where a list came from. */
final class ListScopes {
  private static final String AGAIN = "Edited again";

  private final RecoveryRecords records;
  private final int most;

  /**
   * @param most how many messages one operation takes
   */
  ListScopes(RecoveryRecords records, int most) {
    this.records = records;
    this.most = most;
  }

  /** Without a look at the messages. */
  OperationScope of(Chosen chosen) {
    return switch (chosen) {
      case Chosen.One one -> message(one.id(), null);
      case Chosen.OfException e -> exception(e.fingerprint(), "Exception " + e.fingerprint());
      case Chosen.OfExceptions several -> exceptions(several, words(several));
      case Chosen.DueOf due -> exception(due.fingerprint(), words(due));
      case Chosen.Several several -> {
        long count = several.ids().stream().distinct().count();
        yield scope(
            OperationScope.Kind.SELECTION,
            Long.toString(count),
            null,
            CountText.of(count, "chosen message"));
      }
      case Chosen.Matching m -> filter(m.filter(), "");
      case Chosen.RestOf rest -> operation(rest.operationId(), "The rest of");
      case Chosen.ListOf list -> operation(list.operationId(), "Anew");
      case Chosen.AgainOf again -> operation(again.operationId(), AGAIN);
      case Chosen.DiscardedBy discarded -> operation(discarded.operationId(), "Discarded by");
    };
  }

  /** The same, where about so many messages are on it. */
  OperationScope of(Chosen chosen, long about) {
    return switch (chosen) {
      case Chosen.OfException e ->
          exception(e.fingerprint(), about(about, "failed messages of the exception"));
      case Chosen.OfExceptions several ->
          exceptions(several, about(about, "failed messages of " + words(several)));
      case Chosen.Matching m -> filter(m.filter(), about(about, "messages of: "));
      default -> of(chosen);
    };
  }

  private String about(long messages, String what) {
    return messages > most
        ? "The oldest %,d of about %,d %s".formatted(most, messages, what)
        : "About %,d %s".formatted(messages, what);
  }

  static OperationScope message(MessageId id, @Nullable String fingerprint) {
    return scope(OperationScope.Kind.MESSAGE, id.value(), fingerprint, "Message " + id);
  }

  static OperationScope exception(Fingerprint fingerprint, String description) {
    return scope(
        OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), description);
  }

  /** With so many messages on the list. */
  static OperationScope exceptions(Chosen.OfExceptions several, int messages) {
    return exceptions(several, CountText.of(messages, "failed message") + " of " + words(several));
  }

  private static OperationScope exceptions(Chosen.OfExceptions several, String description) {
    return scope(OperationScope.Kind.SELECTION, words(several), null, description);
  }

  /**
   * @param how goes before the words of the filter
   */
  static OperationScope filter(ListFilter filter, String how) {
    return scope(OperationScope.Kind.FILTER, filter.words(), null, how + filter.words());
  }

  private OperationScope operation(String id, String words) {
    Optional<OperationScope> earlier =
        records.operations().get(id).map(Versioned::value).map(RecoveryOperation::scope);
    return scope(
        OperationScope.Kind.OPERATION,
        id,
        earlier.map(OperationScope::fingerprint).orElse(null),
        earlier
            .map(OperationScope::description)
            // Who tries a rule until it is right is not told how often.
            .filter(description -> description.startsWith(AGAIN) && words.equals(AGAIN))
            .orElseGet(() -> words + ": " + earlier.map(OperationScope::description).orElse(id)));
  }

  private static String words(Chosen.OfExceptions several) {
    return CountText.of(several.fingerprints().size(), "chosen exception");
  }

  private static String words(Chosen.DueOf due) {
    int count = due.messages().size();
    return count == 1
        ? "1 failed message of the exception that is due"
        : "%,d failed messages of the exception that are due".formatted(count);
  }

  private static OperationScope scope(
      OperationScope.Kind kind,
      String subjectId,
      @Nullable String fingerprint,
      String description) {
    return new OperationScope(kind, subjectId, fingerprint, description);
  }
}
