package io.tillpost.console.exceptions;

import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does an act to several exceptions, one after the other, as long as the storage answers. What an
 * earlier try of the same request did is not done again, nor written down again.
 */
final class OneAfterAnother {
  private static final Logger log = LoggerFactory.getLogger(OneAfterAnother.class);

  private final TriageRecords records;
  private final FailureQueries failures;

  OneAfterAnother(TriageRecords records, FailureQueries failures) {
    this.records = records;
    this.failures = failures;
  }

  /**
   * How far it came.
   *
   * @param answers of those of which it is known what became of them, in the order of the list
   * @param doubtful of which it is not known whether it was done, or null
   * @param untried to which nothing was done, because the storage did not answer
   */
  record Became(
      Map<Fingerprint, TriageAnswer> answers,
      @Nullable Fingerprint doubtful,
      List<Fingerprint> untried) {
    long done() {
      return answers.values().stream().filter(TriageAnswer.Done.class::isInstance).count();
    }

    /** Whether the storage answered to the end. */
    boolean isWhole() {
      return doubtful == null && untried.isEmpty();
    }
  }

  /**
   * Does it.
   *
   * @param chosen each once
   * @param request that may come again, or null
   */
  Became to(
      List<Fingerprint> chosen,
      @Nullable TriageRequest request,
      Function<Fingerprint, TriageAnswer> act) {
    Map<Fingerprint, TriageAnswer> answers = new LinkedHashMap<>();
    Fingerprint trying = null;
    try {
      Map<Fingerprint, ExceptionGroup> before =
          request == null ? Map.of() : before(chosen, request);
      for (Fingerprint one : chosen) {
        ExceptionGroup done = before.get(one);
        if (done != null) {
          answers.put(one, new TriageAnswer.Done(done));
          continue;
        }
        trying = one;
        answers.put(one, request == null ? act.apply(one) : request.doing(() -> act.apply(one)));
        trying = null;
      }
      return new Became(answers, null, List.of());
    } catch (StoreUnavailableException e) {
      Fingerprint doubtful = trying;
      List<Fingerprint> untried =
          chosen.stream()
              .filter(one -> !answers.containsKey(one) && !one.equals(doubtful))
              .toList();
      log.warn(
          "The storage stopped answering after {} of {} exceptions: {}",
          answers.size(),
          chosen.size(),
          e.getMessage());
      return new Became(answers, doubtful, untried);
    }
  }

  /** Those to which this request was done, there or in the one in which they are by now. */
  private Map<Fingerprint, ExceptionGroup> before(List<Fingerprint> chosen, TriageRequest request) {
    Grouping grouping = failures.grouping();
    Set<Fingerprint> asked = new LinkedHashSet<>(chosen);
    chosen.forEach(one -> asked.add(grouping.root(one)));
    Map<String, ExceptionGroup> done = records.doneBy(request.name(), asked);
    Map<Fingerprint, ExceptionGroup> before = new LinkedHashMap<>();
    for (Fingerprint one : chosen) {
      ExceptionGroup there = done.get(grouping.root(one).value());
      ExceptionGroup found = there == null ? done.get(one.value()) : there;
      if (found != null) {
        before.put(one, found);
      }
    }
    return before;
  }
}
