package io.tillpost.console.classification;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.live.Recent;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * The rules that count, and all that counted before. A version is a document with a number of its
 * own that can only be created, so that two people who save at the same time do not overwrite each
 * other. Every console goes by the newest within {@value #FRESH_SECONDS} seconds; no restart is
 * needed, and every exception that nobody classified by hand follows, also those of before.
 */
public class RuleBook {
  private static final Logger log = LoggerFactory.getLogger(RuleBook.class);
  private static final int LONGEST_REASON = 500;
  private static final int SHORTEST_REASON = 3;
  private static final int FRESH_SECONDS = 2;
  private static final DocumentKind<RuleVersion> VERSIONS =
      new DocumentKind<>(
          "classification-rules",
          RuleVersion.class,
          Map.of("number", FieldType.LONG, "at", FieldType.DATE),
          true);

  private final Documents<RuleVersion> versions;
  private final RuleVersion shipped;
  private final Assignees assignees;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;
  private final Recent<RuleVersion> newest;
  private volatile @Nullable Read last;

  /**
   * A book in that storage.
   *
   * @param shipped the rules that count until somebody saves others
   * @param assignees to whom rules that are saved may assign
   */
  public RuleBook(
      DocumentStore store,
      String shipped,
      Assignees assignees,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.versions = store.of(VERSIONS);
    this.shipped =
        new RuleVersion(0, shipped, "Tillpost", null, "The rules that come with Tillpost");
    this.assignees = assignees;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
    this.newest = new Recent<>(Duration.ofSeconds(FRESH_SECONDS), clock, this::newest);
    if (RuleText.read(shipped) instanceof RuleText.Invalid invalid) {
      throw new IllegalArgumentException("The shipped rules are wrong: " + invalid.problems());
    }
  }

  /**
   * The rules that count, at most two seconds old. Where the storage does not answer, those that
   * counted last: a class that is shown must not depend on that.
   */
  public ClassificationRules rules() {
    Read before = last;
    RuleVersion version;
    try {
      version = newest.get();
    } catch (StoreUnavailableException e) {
      log.debug("The rules could not be read anew", e);
      version = before == null ? shipped : before.version;
    }
    // Versions only grow: what was just saved here counts, though it was asked a moment before.
    if (before != null && before.version.number() >= version.number()) {
      return before.rules;
    }
    Read now = new Read(version, rules(version));
    last = now;
    return now.rules;
  }

  /** The newest version, as it is now. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public RuleVersion current() {
    return newest();
  }

  /** Every version, newest first, up to 1,000; the shipped one is the last. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<RuleVersion> history() {
    List<RuleVersion> all = new ArrayList<>();
    versions
        .find(DocumentQuery.ALL.sorted("number", true))
        .items()
        .forEach(found -> all.add(found.value()));
    all.add(shipped);
    return List.copyOf(all);
  }

  /**
   * Saves the rules; they count from then on.
   *
   * @param text all rules
   * @param basedOn the number of the version that was changed
   * @param reason why, 3 to 500 characters
   */
  @PreAuthorize("hasRole('" + Permission.Name.CHANGE_RULES + "')")
  public SaveAnswer save(String text, int basedOn, String reason) {
    String why = reason.strip();
    if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
      return new SaveAnswer.Refused(
          "Say why, in %d to %d characters".formatted(SHORTEST_REASON, LONGEST_REASON));
    }
    if (RuleText.read(text, assignees) instanceof RuleText.Invalid invalid) {
      return new SaveAnswer.Invalid(invalid.problems());
    }
    RuleVersion before = newest();
    if (isRepeat(before, text, basedOn)) {
      return new SaveAnswer.Saved(before);
    }
    if (before.number() != basedOn) {
      return refused(before);
    }
    if (before.text().equals(text)) {
      return new SaveAnswer.Refused("Nothing is changed");
    }
    RuleVersion after =
        new RuleVersion(basedOn + 1, text, currentOperator.get().id(), clock.instant(), why);
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.SETTING, "classification-rules");
    return audit.record(
        AuditAct.of(after.author(), AuditAction.CHANGE_RULES, subject)
            .changing("version " + basedOn, "version " + after.number())
            .because(why),
        () -> create(after),
        answer ->
            answer instanceof SaveAnswer.Refused refused
                ? AuditLog.Ending.refused(refused.reason())
                : AuditLog.Ending.DONE);
  }

  /**
   * Whether the same person saved the same on top of the same: whoever got no answer asks again.
   */
  private boolean isRepeat(RuleVersion newest, String text, int basedOn) {
    return newest.number() == basedOn + 1
        && newest.text().equals(text)
        && newest.author().equals(currentOperator.get().id());
  }

  private SaveAnswer create(RuleVersion version) {
    if (!versions.create("%08d".formatted(version.number()), version)) {
      return refused(newest());
    }
    last = new Read(version, rules(version));
    return new SaveAnswer.Saved(version);
  }

  private static SaveAnswer refused(RuleVersion newest) {
    return new SaveAnswer.Refused(
        "%s saved version %d meanwhile. Look at it first; your text stays here until you leave."
            .formatted(newest.author(), newest.number()));
  }

  private RuleVersion newest() {
    return versions.find(DocumentQuery.ALL.sorted("number", true).page(1, null)).items().stream()
        .map(Versioned::value)
        .findFirst()
        .orElse(shipped);
  }

  private static ClassificationRules rules(RuleVersion version) {
    // Whoever has left since is no reason to lose the rules.
    return switch (RuleText.read(version.text())) {
      case RuleText.Valid valid -> valid.rules();
      // Saved by a newer console that knows more: an older one cannot tell what it means.
      case RuleText.Invalid invalid -> {
        log.error(
            "Version {} of the classification rules cannot be read: {}",
            version.number(),
            Objects.requireNonNull(invalid.problems().getFirst()));
        yield ClassificationRules.NONE;
      }
    };
  }

  private record Read(RuleVersion version, ClassificationRules rules) {}
}
