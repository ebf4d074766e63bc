package io.tillpost.console.audit;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.util.List;
import java.util.Map;

/** The collections of the audit trail. */
final class AuditKinds {
  /** The number of a record in the chain; records from before the chain have none. */
  static final String SEQUENCE = "link.sequence";

  static final DocumentKind<AuditEntry> ENTRIES =
      new DocumentKind<>(
          "audit-entries",
          AuditEntry.class,
          Map.of(
              "id",
              FieldType.KEYWORD,
              "at",
              FieldType.DATE,
              "actor",
              FieldType.KEYWORD,
              "action",
              FieldType.KEYWORD,
              "subject_kind",
              FieldType.KEYWORD,
              "subject_id",
              FieldType.KEYWORD,
              SEQUENCE,
              FieldType.LONG),
          true,
          List.of("before", "after", "reason"));

  static final DocumentKind<AuditResult> RESULTS =
      new DocumentKind<>(
          "audit-results",
          AuditResult.class,
          Map.of(
              "entry_id",
              FieldType.KEYWORD,
              "outcome",
              FieldType.KEYWORD,
              SEQUENCE,
              FieldType.LONG),
          true);

  /** The same entries where thousands are written at a time: seen a little later. */
  static final DocumentKind<AuditEntry> MANY_ENTRIES = seenLater(ENTRIES);

  /** The same results where thousands are written at a time: seen a little later. */
  static final DocumentKind<AuditResult> MANY_RESULTS = seenLater(RESULTS);

  /** The one document of the end of the chain. */
  static final DocumentKind<AuditHead> HEAD =
      new DocumentKind<>("audit-chain", AuditHead.class, Map.of(), false);

  private AuditKinds() {}

  private static <T> DocumentKind<T> seenLater(DocumentKind<T> kind) {
    return new DocumentKind<>(kind.name(), kind.type(), kind.fields(), false, kind.searched());
  }
}
