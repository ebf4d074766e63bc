package io.tillpost.console.recovery.automatic;

import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.store.MessageQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What triage says of failures, as recovery needs it where it begins by itself. */
public interface TriagedFailures {
  /** The exceptions that have failed messages now. */
  List<Failed> failed();

  /** How triage stands to that exception, as it is now; empty where none of it is failed. */
  Optional<Standing> of(Fingerprint exception);

  /** How triage stands to the failure of that message, as it is now; empty unless it is failed. */
  Optional<Standing> of(Message message);

  /**
   * The class that counts of each of these messages that is failed; of the others none. What a rule
   * says of one message of an exception is taken for said of all of it.
   */
  Map<MessageId, FailureClass> classes(Collection<Message> messages);

  /**
   * How triage stands to an exception.
   *
   * @param exception names it
   * @param target where its messages go, or null where no event has said it
   * @param failureClass the class that counts
   * @param byHand the class that a person gave it, or null
   * @param stoppedBy the user name of who stopped its automatic retry, or null
   */
  record Standing(
      Fingerprint exception,
      @Nullable String target,
      FailureClass failureClass,
      @Nullable FailureClass byHand,
      @Nullable String stoppedBy) {}

  /**
   * An exception with messages that are failed now.
   *
   * @param messages how many
   * @param lastFailed when the latest of them failed
   * @param query finds them, the oldest first
   * @param each how triage stands to one of them: merged ones may differ in target and class; empty
   *     where it is not failed
   */
  record Failed(
      Standing standing,
      long messages,
      Instant lastFailed,
      MessageQuery query,
      Function<Message, Optional<Standing>> each) {}
}
