package io.tillpost.console.exceptions;

import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same act for several exceptions, one after the other, each with its own audit entry. The list
 * is the one that was chosen: what matches later is not touched. What cannot be done for one leaves
 * the others alone. Rights are those of {@link Triage}.
 */
public class BulkTriage {
  /** The longest list, on the page and over HTTP: it is done while somebody waits. */
  public static final int MOST = 2_000;

  private final Triage triage;

  BulkTriage(Triage triage) {
    this.triage = triage;
  }

  /**
   * What became of it.
   *
   * @param done for how many it was done
   * @param reasons why it was not for the others, each once, as sentences
   */
  public record Answer(int done, int refused, Set<String> reasons) {
    public Answer {
      reasons = Set.copyOf(reasons);
    }
  }

  /** As {@link Triage#classify}. */
  public Answer classify(Collection<Fingerprint> chosen, @Nullable FailureClass failureClass) {
    return each(chosen, fingerprint -> triage.classify(fingerprint, failureClass));
  }

  /**
   * As {@link Triage#assign(Fingerprint, String, String)}, or its like where one of both stays with
   * each as it is.
   */
  public Answer assign(Collection<Fingerprint> chosen, AssignWish wish) {
    return each(chosen, fingerprint -> wish.of(fingerprint, triage));
  }

  /** As {@link Triage#assignByRule}. */
  public Answer assignByRule(Collection<Fingerprint> chosen) {
    return each(chosen, triage::assignByRule);
  }

  /** As {@link Triage#ignore}. */
  public Answer ignore(Collection<Fingerprint> chosen, IgnoredUntil until, String reason) {
    return each(chosen, fingerprint -> triage.ignore(fingerprint, until, reason));
  }

  private static Answer each(
      Collection<Fingerprint> chosen, Function<Fingerprint, TriageAnswer> act) {
    List<Fingerprint> frozen = List.copyOf(new LinkedHashSet<>(chosen));
    if (frozen.size() > MOST) {
      return new Answer(
          0, frozen.size(), Set.of("At most %,d exceptions at a time.".formatted(MOST)));
    }
    int done = 0;
    Set<String> reasons = new LinkedHashSet<>();
    for (Fingerprint fingerprint : frozen) {
      switch (act.apply(fingerprint)) {
        case TriageAnswer.Done _ -> done++;
        case TriageAnswer.Invalid invalid -> reasons.add(invalid.reason());
      }
    }
    return new Answer(done, frozen.size() - done, reasons);
  }
}
