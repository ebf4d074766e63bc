package io.tillpost.console.audit;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.store.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/** Reads the audit trail for those who may. */
@Service
public class AuditTrail {
  private static final int PAGE = 1_000;
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

  private final AuditLog log;
  private final SubjectTitles titles;
  private final CurrentOperator currentOperator;

  AuditTrail(AuditLog log, SubjectTitles titles, CurrentOperator currentOperator) {
    this.log = log;
    this.titles = titles;
    this.currentOperator = currentOperator;
  }

  /**
   * The entries that match, newest first.
   *
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_AUDIT + "')")
  public Page<AuditLine> find(AuditQuery query, int size, @Nullable String after) {
    return log.find(query, size, after);
  }

  /** How many entries cannot be found by their words yet; soon none. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_AUDIT + "')")
  public long notFoundByWords() {
    return log.notFoundByWords();
  }

  /** What the exceptions in these entries are called now, by fingerprint. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_AUDIT + "')")
  public Map<String, String> exceptionTitles(Collection<AuditLine> lines) {
    Set<String> fingerprints =
        lines.stream()
            .map(AuditLine::entry)
            .filter(entry -> entry.subjectKind() == AuditSubject.Kind.EXCEPTION)
            .map(AuditEntry::subjectId)
            .filter(id -> FINGERPRINT.matcher(id).matches())
            .collect(Collectors.toSet());
    return fingerprints.isEmpty() ? Map.of() : titles.ofExceptions(fingerprints);
  }

  /**
   * Writes all entries that match as CSV, newest first, and keeps a record that this was done. That
   * one is not among them, though it has the words that were asked for.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_AUDIT + "')")
  public void export(AuditQuery query, Appendable out) {
    AuditAct act =
        AuditAct.of(
                currentOperator.get().id(),
                AuditAction.EXPORT,
                new AuditSubject(AuditSubject.Kind.AUDIT, "audit"))
            .changing(null, query.words());
    Page<AuditLine> newest = log.find(query, PAGE, null);
    log.record(
        act,
        () -> write(newest, query, out),
        rows -> AuditLog.Ending.done(CountText.of(rows, "entry", "entries")));
  }

  /**
   * Looks whether every record is there as it was written, and keeps a record that this was done.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW_AUDIT + "')")
  public AuditVerdict verify() {
    AuditAct act =
        AuditAct.of(
            currentOperator.get().id(),
            AuditAction.VERIFY_AUDIT,
            new AuditSubject(AuditSubject.Kind.AUDIT, "audit"));
    return log.record(act, log::verify, verdict -> AuditLog.Ending.done(verdict.words()));
  }

  private long write(Page<AuditLine> newest, AuditQuery query, Appendable out) {
    try {
      long rows = 0;
      AuditCsv.header(out);
      Page<AuditLine> page = newest;
      while (true) {
        for (AuditLine line : page.items()) {
          AuditCsv.line(out, line);
          rows++;
        }
        String after = page.next();
        if (after == null) {
          return rows;
        }
        page = log.find(query, PAGE, after);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
