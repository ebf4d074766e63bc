package io.tillpost.console.exceptions;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same act for several exceptions, one after the other, each with its own audit entry. The list
 * is the one that was chosen: what matches later is not touched. What cannot be done for one leaves
 * the others alone. Where the storage stops answering the rest is left; with the same key it is
 * done then, and nothing twice. Rights are those of {@link Triage}.
 */
public class BulkTriage {
  /** The longest list, on the page and over HTTP: it is done while somebody waits. */
  public static final int MOST = 2_000;

  private final Triage triage;
  private final OneAfterAnother each;
  private final CurrentOperator currentOperator;

  BulkTriage(Triage triage, OneAfterAnother each, CurrentOperator currentOperator) {
    this.triage = triage;
    this.each = each;
    this.currentOperator = currentOperator;
  }

  /**
   * What became of it.
   *
   * @param done for how many it was done
   * @param refused for how many it cannot be
   * @param reasons why, each once, as sentences
   * @param left those that are left because the storage stopped answering; of the first of them it
   *     may not be known whether it was done
   */
  public record Answer(int done, int refused, Set<String> reasons, List<Fingerprint> left) {
    public Answer {
      reasons = Set.copyOf(reasons);
      left = List.copyOf(left);
    }

    /** Whether the storage answered to the end. */
    public boolean isWhole() {
      return left.isEmpty();
    }
  }

  /**
   * As {@link Triage#classify}.
   *
   * @param key the same for every repeat; with another wish it is another request
   */
  public Answer classify(
      Collection<Fingerprint> chosen, @Nullable FailureClass failureClass, String key) {
    return each(
        chosen,
        new Wish("classify", failureClass, ""),
        key,
        fingerprint -> triage.classify(fingerprint, failureClass));
  }

  /**
   * As {@link Triage#assign(Fingerprint, String, String)}, or its like where one of both stays with
   * each as it is.
   *
   * @param key as above
   */
  public Answer assign(Collection<Fingerprint> chosen, AssignWish wish, String key) {
    return each(
        chosen, new Wish("assign", wish, ""), key, fingerprint -> wish.of(fingerprint, triage));
  }

  /**
   * As {@link Triage#assignByRule}.
   *
   * @param key as above
   */
  public Answer assignByRule(Collection<Fingerprint> chosen, String key) {
    return each(chosen, new Wish("by rule", null, ""), key, triage::assignByRule);
  }

  /**
   * As {@link Triage#ignore}.
   *
   * @param key as above
   */
  public Answer ignore(
      Collection<Fingerprint> chosen, IgnoredUntil until, String reason, String key) {
    return each(
        chosen,
        new Wish("ignore", until, reason),
        key,
        fingerprint -> triage.ignore(fingerprint, until, reason));
  }

  /** What is asked for, as it tells one request from another. */
  private record Wish(String act, @Nullable Object what, String why) {}

  private Answer each(
      Collection<Fingerprint> chosen,
      Wish wish,
      String key,
      Function<Fingerprint, TriageAnswer> act) {
    List<Fingerprint> frozen = List.copyOf(new LinkedHashSet<>(chosen));
    if (frozen.size() > MOST) {
      return new Answer(
          0, frozen.size(), Set.of("At most %,d exceptions at a time.".formatted(MOST)), List.of());
    }
    OneAfterAnother.Became became =
        each.to(frozen, TriageRequest.of(currentOperator.get().id(), key, wish), act);
    Set<String> reasons = new LinkedHashSet<>();
    for (TriageAnswer answer : became.answers().values()) {
      if (answer instanceof TriageAnswer.Invalid invalid) {
        reasons.add(invalid.reason());
      }
    }
    int done = Math.toIntExact(became.done());
    List<Fingerprint> left = new ArrayList<>();
    if (became.doubtful() != null) {
      left.add(became.doubtful());
    }
    left.addAll(became.untried());
    return new Answer(done, became.answers().size() - done, reasons, left);
  }
}
