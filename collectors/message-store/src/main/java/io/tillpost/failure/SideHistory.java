package io.tillpost.failure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which side has had to act about an exception, and since when.
 *
 * @param changes when it went over to the other side, oldest first: the latest {@value #KEPT}
 * @param earlier what those before came to; null while all are kept
 * @param side who had to act when that was last looked at, or null where it never was
 * @param byRule whether a classification rule said so
 */
public record SideHistory(
    List<SideChange> changes,
    @Nullable EarlierSides earlier,
    @Nullable OwnerSide side,
    boolean byRule) {
  /** Rules that take turns write up to 144 a day, and the document is read with every list. */
  static final int KEPT = 100;

  private static final Duration BOUNCE = Duration.ofMinutes(10);

  public SideHistory {
    changes = List.copyOf(changes);
  }

  /**
   * What somebody found who looked who has to act.
   *
   * @param after as it is then
   * @param what a rule did, in words; null where nothing happened
   */
  record Found(SideHistory after, @Nullable String what) {}

  /** With the other side from now on, by somebody's act. */
  SideHistory handedOver(SideChange change) {
    return with(change, false);
  }

  /**
   * As somebody finds it who looks who has to act. Where that is the other side, and it is a rule
   * that says so or that said so before, it was handed over; but not again within ten minutes: two
   * rules that take turns, and consoles of which one does not know a new rule yet, are no hand-over
   * each time.
   *
   * @param found who has to act now
   * @param rule the rule that says so, in words; null where none does
   * @return empty where that is known already, or not to be known yet
   */
  Optional<Found> found(OwnerSide found, @Nullable String rule, Instant now) {
    return found(found, rule, now, hasBouncedSince(now.minus(BOUNCE)));
  }

  /**
   * {@link #found} right before somebody gives it to a side, also within the ten minutes: what a
   * rule did by then is not theirs, and what they do goes on from there.
   */
  Optional<Found> foundBeforeAct(OwnerSide found, @Nullable String rule, Instant now) {
    return found(found, rule, now, false);
  }

  private Optional<Found> found(
      OwnerSide found, @Nullable String rule, Instant now, boolean waits) {
    boolean ruled = rule != null;
    if (found == side && ruled == byRule) {
      return Optional.empty();
    }
    OwnerSide known = side == null && !changes.isEmpty() ? changes.getLast().to() : side;
    if (known == null || known == found || !(ruled || byRule)) {
      return Optional.of(new Found(new SideHistory(changes, earlier, found, ruled), null));
    }
    if (waits) {
      return Optional.empty();
    }
    String why = rule == null ? "No rule says otherwise any more" : rule;
    return Optional.of(
        new Found(
            with(new SideChange(now, SideChange.BY_RULE, known, found, why), ruled),
            rule == null
                ? "went back to %s: no rule says otherwise any more".formatted(words(found))
                : "went to %s by %s".formatted(words(found), rule)));
  }

  private boolean hasBouncedSince(Instant since) {
    return changes.reversed().stream()
        .takeWhile(change -> change.at().isAfter(since))
        .anyMatch(SideChange::isByRule);
  }

  private SideHistory with(SideChange change, boolean ruled) {
    List<SideChange> all = new ArrayList<>(changes);
    all.add(change);
    int over = Math.max(0, all.size() - KEPT);
    return new SideHistory(
        all.subList(over, all.size()),
        EarlierSides.with(earlier, all.subList(0, over)),
        change.to(),
        ruled);
  }

  /** As it stands in a sentence. */
  static String words(Enum<?> name) {
    return name == OwnerSide.IT ? "IT" : name.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
