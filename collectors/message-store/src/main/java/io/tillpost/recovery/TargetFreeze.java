package io.tillpost.recovery;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person's word that nothing is to be sent to a target. There is one document for each target: a
 * later freeze takes the place of an earlier one, and one that was lifted stays until then, so that
 * a request that is repeated does not freeze anew.
 *
 * @param id the same for every repeat of one request
 * @param target its name, or {@link OperationSummary#NO_TARGET}
 * @param reason in that person's words
 * @param frozenBy the user name
 * @param until the first moment at which it does not hold any more; null until somebody lifts it
 * @param liftedBy the user name, or null
 * @param liftedAt null where nobody lifted it
 * @param liftedWhy in that person's words, or null
 */
public record TargetFreeze(
    String id,
    String target,
    String reason,
    String frozenBy,
    Instant frozenAt,
    @Nullable Instant until,
    @Nullable String liftedBy,
    @Nullable Instant liftedAt,
    @Nullable String liftedWhy) {
  /** One that nobody has lifted. */
  public static TargetFreeze of(
      String id,
      String target,
      String reason,
      String frozenBy,
      Instant frozenAt,
      @Nullable Instant until) {
    return new TargetFreeze(id, target, reason, frozenBy, frozenAt, until, null, null, null);
  }

  /** The id of the document of that target. */
  public static String documentId(String target) {
    return DocumentIds.bounded("target:" + target);
  }

  /** The same, lifted. */
  public TargetFreeze lifted(String who, Instant now, @Nullable String why) {
    return new TargetFreeze(id, target, reason, frozenBy, frozenAt, until, who, now, why);
  }

  /** Whether nothing is to be sent at that moment because of it. */
  public boolean holds(Instant now) {
    return liftedAt == null && (until == null || now.isBefore(until));
  }

  /** Whether the same person wants the same. */
  public boolean saysTheSame(TargetFreeze other) {
    return target.equals(other.target)
        && reason.equals(other.reason)
        && frozenBy.equals(other.frozenBy)
        && Objects.equals(until, other.until);
  }
}
