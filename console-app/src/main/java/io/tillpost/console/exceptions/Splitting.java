package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.exceptions.Regrouping.Change;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.ExceptionSplit;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.RegroupStep;
import io.tillpost.failure.SplitCondition;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.FailureQueries.Group;
import io.tillpost.store.SearchWords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Takes messages out of an exception by hand into one of their own. To put them back, that one is
 * merged into the exception again.
 */
public class Splitting {
  private static final int LONGEST_PART = 200;
  private static final int MOST_WORDS = 10;
  private static final int MOST_STORES = 1_000;

  private final Regrouping regrouping;
  private final TriageRecords records;
  private final FailureQueries failures;

  Splitting(Regrouping regrouping, TriageRecords records, FailureQueries failures) {
    this.regrouping = regrouping;
    this.records = records;
    this.failures = failures;
  }

  /** What a split would do. */
  public sealed interface Preview {
    /** These messages would be an exception of their own, and so many would stay. */
    record Taken(Group part, long rest) implements Preview {}

    /** It is not possible, for this reason. */
    record Impossible(String reason) implements Preview {}
  }

  /** What a split would do now; nothing is done. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Preview preview(Fingerprint from, SplitCondition condition) {
    Optional<String> objection = objection(condition);
    if (objection.isPresent()) {
      return new Preview.Impossible(objection.get());
    }
    Optional<Group> part = failures.part(from, condition);
    long all = failures.group(from).map(Group::messages).orElse(0L);
    if (part.isEmpty()) {
      return new Preview.Impossible("None of its messages is like that: " + condition.words());
    }
    long rest = all - part.get().messages();
    return rest <= 0
        ? new Preview.Impossible("All its messages are like that: " + condition.words())
        : new Preview.Taken(part.get(), rest);
  }

  /**
   * Takes messages out of an exception into one of their own, those that fail later too. It takes
   * class, owner and assignee from the exception.
   *
   * @param reason up to 1,000 characters, or null
   * @return the exception without those messages
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer split(Fingerprint from, SplitCondition condition, @Nullable String reason) {
    return switch (preview(from, condition)) {
      case Preview.Impossible impossible -> new TriageAnswer.Invalid(impossible.reason());
      case Preview.Taken taken -> split(from, condition, taken, Regrouping.reason(reason));
    };
  }

  private TriageAnswer split(
      Fingerprint from, SplitCondition condition, Preview.Taken taken, @Nullable String why) {
    String whole = records.get(from).part();
    String part = whole == null ? condition.words() : whole + ", " + condition.words();
    Wanted wanted =
        new Wanted(
            from,
            condition,
            regrouping.titleOf(from),
            part,
            ExceptionTitle.of(taken.part().sample()) + " · " + part,
            why);
    AtomicReference<Fingerprint> made = new AtomicReference<>(from);
    return regrouping.act(
        regrouping
            .audited(AuditAction.SPLIT, from)
            .changing(
                null, CountText.of(taken.part().messages(), "message") + " split off: " + part)
            .because(why),
        from,
        grouping -> {
          made.set(newId(grouping, wanted));
          return splitOff(grouping, made.get(), wanted);
        },
        () ->
            regrouping.note(
                regrouping
                    .audited(AuditAction.SPLIT, made.get())
                    .changing(null, "split off " + Regrouping.named(wanted.fromTitle(), from))
                    .because(why)));
  }

  /**
   * What is to be split off.
   *
   * @param part what is special about it, in words
   * @param title what it is called
   */
  private record Wanted(
      Fingerprint from,
      SplitCondition condition,
      String fromTitle,
      String part,
      String title,
      @Nullable String reason) {}

  private Change splitOff(Grouping grouping, Fingerprint part, Wanted wanted) {
    Optional<String> objection =
        regrouping.objection(grouping, Map.of(wanted.from(), wanted.fromTitle()));
    if (objection.isPresent()) {
      return new Change.Impossible(objection.get());
    }
    if (grouping.splitsOf(wanted.from()).stream()
        .anyMatch(other -> other.condition().equals(wanted.condition()))) {
      return new Change.Impossible("That is split off already");
    }
    ExceptionSplit split =
        new ExceptionSplit(
            wanted.from(),
            part,
            wanted.condition(),
            wanted.fromTitle(),
            regrouping.now(),
            regrouping.me(),
            wanted.reason());
    String words = wanted.condition().words();
    String off =
        "split it off " + Regrouping.named(wanted.fromTitle(), wanted.from()) + ": " + words;
    String out = "split off " + Regrouping.named(wanted.title(), part) + ": " + words;
    return new Change.To(
        grouping.split(
            split,
            List.of(
                new RegroupStep(
                    part,
                    ExceptionEvent.ACTED_ON,
                    split.at(),
                    split.by(),
                    Regrouping.because(off, wanted.reason()),
                    wanted.title(),
                    wanted.part(),
                    wanted.from(),
                    null),
                regrouping.step(
                    wanted.from(),
                    ExceptionEvent.ACTED_ON,
                    split.at(),
                    Regrouping.because(out, wanted.reason()),
                    wanted.fromTitle(),
                    true))));
  }

  private static Optional<String> objection(SplitCondition condition) {
    if (condition.isEmpty()) {
      return Optional.of("Say which messages are split off");
    }
    if ((condition.key() == null) != (condition.keyPrefix() == null)) {
      return Optional.of("A key needs its name and the beginning of its value");
    }
    if (condition.text() != null && SearchWords.asked(condition.text()).isEmpty()) {
      return Optional.of("No word of the text can be looked for");
    }
    if (SearchWords.asked(condition.text()).size() > MOST_WORDS) {
      return Optional.of("Give up to %,d words of the error".formatted(MOST_WORDS));
    }
    boolean tooLong =
        Stream.concat(
                condition.storeIds().stream(),
                Stream.of(
                        Optional.ofNullable(condition.workflow()),
                        Optional.ofNullable(condition.code()),
                        Optional.ofNullable(condition.text()),
                        Optional.ofNullable(condition.key()),
                        Optional.ofNullable(condition.keyPrefix()))
                    .flatMap(Optional::stream))
            .anyMatch(part -> part.length() > LONGEST_PART);
    return tooLong || condition.storeIds().size() > MOST_STORES
        ? Optional.of(
            "A condition names up to %,d stores, and each part has up to %,d characters"
                .formatted(MOST_STORES, LONGEST_PART))
        : Optional.empty();
  }

  /** An id that no other exception has; the same whenever it is worked out for this grouping. */
  private static Fingerprint newId(Grouping grouping, Wanted wanted) {
    String name = wanted.from() + " " + wanted.condition().words() + " " + grouping.splits().size();
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return new Fingerprint(HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
