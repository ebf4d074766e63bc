package io.tillpost.message;

import io.tillpost.failure.Failure;
import io.tillpost.failure.Fingerprint;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one message: the fold of its events, in whatever order they came and however often
 * ({@link MessageFold}). What follows from the events is computed here, nothing is counted up.
 *
 * @param id names the message
 * @param capturedAt when it came into being
 * @param facts what the events said of the message, the last word for each
 * @param attempts by number, at least one
 * @param lastEventAt the time of the latest event
 */
public record Message(
    MessageId id,
    Instant capturedAt,
    MessageFacts facts,
    SortedMap<Integer, Attempt> attempts,
    Instant lastEventAt) {
  public Message {
    if (attempts.isEmpty()) {
      throw new IllegalArgumentException("A message has at least one attempt");
    }
    attempts = Collections.unmodifiableSortedMap(new TreeMap<>(attempts));
  }

  /** The business process, like {@code sales-posting}. */
  public String workflow() {
    return facts.workflow().value();
  }

  /** The attempt with the highest number. */
  public Attempt currentAttempt() {
    return Objects.requireNonNull(attempts.get(attempts.lastKey()));
  }

  /**
   * How the message stands: confirmed once any attempt was confirmed, else as its latest attempt.
   */
  public MessageStatus status() {
    return confirmedAt().isPresent() ? MessageStatus.CONFIRMED : currentAttempt().status();
  }

  /** The furthest stage of the current attempt, off the path where the attempt ended there. */
  public Stage stage() {
    return switch (status()) {
      case CONFIRMED -> Stage.CONFIRMED;
      case FAILED -> Stage.FAILED;
      case DEAD_LETTERED -> Stage.DEAD_LETTERED;
      case DISCARDED -> Stage.DISCARDED;
      case SUPERSEDED -> Stage.SUPERSEDED;
      case IN_FLIGHT -> currentAttempt().furthest().orElse(Stage.CAPTURED);
    };
  }

  /**
   * The furthest stage on the path that any attempt has reached: how far the document came at all.
   */
  public Stage furthestStage() {
    Stage furthest = Stage.CAPTURED;
    for (Attempt attempt : attempts.values()) {
      Stage reached = attempt.furthest().orElse(Stage.CAPTURED);
      furthest = reached.compareTo(furthest) > 0 ? reached : furthest;
    }
    return furthest;
  }

  /** When the target first confirmed, in any attempt. */
  public Optional<Instant> confirmedAt() {
    return firstReachedAt(attempts.values(), Stage.CONFIRMED);
  }

  /**
   * When the message came to its end: confirmed, discarded or superseded; empty while it is open.
   */
  public Optional<Instant> finishedAt() {
    return switch (status()) {
      case CONFIRMED -> confirmedAt();
      case DISCARDED -> currentAttempt().reachedAt(Stage.DISCARDED);
      case SUPERSEDED -> currentAttempt().reachedAt(Stage.SUPERSEDED);
      case IN_FLIGHT, FAILED, DEAD_LETTERED -> Optional.empty();
    };
  }

  /** When an attempt first failed or was given up; empty if none ever did. */
  public Optional<Instant> firstFailedAt() {
    return firstReachedAt(attempts.values(), Stage.FAILED, Stage.DEAD_LETTERED);
  }

  /** When the current attempt failed; empty unless the message is failed or dead-lettered. */
  public Optional<Instant> failedAt() {
    return status().isFailed()
        ? firstReachedAt(List.of(currentAttempt()), Stage.FAILED, Stage.DEAD_LETTERED)
        : Optional.empty();
  }

  /**
   * From when on the message needs attention, until it is finished: its first failure or the time
   * it is due, whichever comes first; empty if it was finished by then.
   */
  public Optional<Instant> attentionFrom(Instant dueAt) {
    Instant from = firstFailedAt().filter(failed -> failed.isBefore(dueAt)).orElse(dueAt);
    return finishedAt().filter(finished -> !finished.isAfter(from)).isPresent()
        ? Optional.empty()
        : Optional.of(from);
  }

  /** Why the current attempt failed; empty unless the message is failed or dead-lettered. */
  public Optional<Failure> failure() {
    Latest<Failure> failure = currentAttempt().failure();
    return status().isFailed() && failure != null ? Optional.of(failure.value()) : Optional.empty();
  }

  /** The fingerprint of the current failure: which exception this message belongs to. */
  public Optional<Fingerprint> fingerprint() {
    return failure().map(f -> Fingerprint.of(workflow(), target(), f.code(), f.message()));
  }

  /** The trace of the latest attempt that reported one. */
  public Optional<TraceId> traceId() {
    return attempts.values().stream()
        .flatMap(a -> Stream.ofNullable(a.traceId()))
        .reduce((earlier, later) -> later)
        .map(Latest::value);
  }

  /** What a person would look for. */
  public BusinessKey businessKey() {
    return BusinessKey.of(
        Latests.value(facts.storeId()),
        Latests.value(facts.registerId()),
        Latests.value(facts.businessDate()),
        Latests.value(facts.transactionNumber()),
        Latests.values(facts.keys()));
  }

  private static Optional<Instant> firstReachedAt(Collection<Attempt> attempts, Stage... stages) {
    Instant first = null;
    for (Attempt attempt : attempts) {
      for (Stage stage : stages) {
        Latest<String> report = attempt.reached().get(stage);
        if (report != null && (first == null || report.time().isBefore(first))) {
          first = report.time();
        }
      }
    }
    return Optional.ofNullable(first);
  }

  /** The money behind the message, or null. */
  public @Nullable Money amount() {
    return Latests.value(facts.amount());
  }

  /** Ties messages of one customer action together, or null. */
  public @Nullable String correlationId() {
    return Latests.value(facts.correlationId());
  }

  /** The system the message comes from, or null. */
  public @Nullable String source() {
    return Latests.value(facts.source());
  }

  /** The system the message goes to, or null. */
  public @Nullable String target() {
    return Latests.value(facts.target());
  }

  /** Like {@code sales/2}, or null. */
  public @Nullable String schemaVersion() {
    return Latests.value(facts.schemaVersion());
  }

  /** The store, or null where no store takes part. */
  public @Nullable String storeId() {
    return Latests.value(facts.storeId());
  }

  /** Values without the events that said them. */
  private static final class Latests {
    static <T> @Nullable T value(@Nullable Latest<T> latest) {
      return latest == null ? null : latest.value();
    }

    static Map<String, String> values(Map<String, Latest<String>> latest) {
      Map<String, String> values = new TreeMap<>();
      latest.forEach((name, said) -> values.put(name, said.value()));
      return values;
    }
  }
}
