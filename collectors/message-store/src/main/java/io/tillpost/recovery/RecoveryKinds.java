package io.tillpost.recovery;

import static java.util.Map.entry;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.util.List;
import java.util.Map;

/** The collections that recovery keeps. */
public final class RecoveryKinds {
  /**
   * The fields of an operation that name its {@linkplain RecoveryOperation#exceptions exceptions}.
   */
  public static final List<String> OPERATION_EXCEPTIONS =
      List.of("scope.fingerprint", "summary.exceptions");

  /** By operation id. */
  public static final DocumentKind<RecoveryOperation> OPERATIONS =
      new DocumentKind<>(
          "recovery-operations",
          RecoveryOperation.class,
          Map.of(
              "id", FieldType.KEYWORD,
              "state", FieldType.KEYWORD,
              "preparation.at", FieldType.DATE,
              "action", FieldType.KEYWORD,
              "requested_by", FieldType.KEYWORD,
              "requested_at", FieldType.DATE,
              "scope.fingerprint", FieldType.KEYWORD,
              "scope.subject_id", FieldType.KEYWORD,
              "summary.exceptions", FieldType.KEYWORD),
          true);

  /**
   * By {@link RecoveryItem#id}. Thousands are written at a time, so they are seen a little later.
   */
  public static final DocumentKind<RecoveryItem> ITEMS =
      new DocumentKind<>(
          "recovery-items",
          RecoveryItem.class,
          Map.ofEntries(
              entry("operation_id", FieldType.KEYWORD),
              entry("message_id", FieldType.KEYWORD),
              entry("state", FieldType.KEYWORD),
              entry("canary", FieldType.BOOLEAN),
              entry("message.object_key", FieldType.KEYWORD),
              // Missing too where the item was written last by a console that did not know them.
              entry("message.store_id", FieldType.KEYWORD),
              entry("message.target", FieldType.KEYWORD),
              entry("message.failure_class", FieldType.KEYWORD),
              entry("message.share", FieldType.KEYWORD),
              entry("message.failure", FieldType.KEYWORD),
              entry("took_seconds", FieldType.LONG),
              entry("message.workflow", FieldType.KEYWORD),
              entry("deadline", FieldType.DATE),
              entry("asked.question_id", FieldType.KEYWORD),
              entry("asked.answer", FieldType.KEYWORD),
              entry("planned_at", FieldType.DATE)),
          false);

  /**
   * Corrected contents, by {@link RecoveryItem#id}; never changed, and dropped when they are old.
   */
  public static final DocumentKind<RecoveryContent> CONTENTS =
      new DocumentKind<>(
          "recovery-contents",
          RecoveryContent.class,
          Map.of(
              "operation_id", FieldType.KEYWORD,
              "message_id", FieldType.KEYWORD,
              "planned_at", FieldType.DATE),
          false);

  /** By {@link RecoveryClaim#id}. */
  public static final DocumentKind<RecoveryClaim> CLAIMS =
      new DocumentKind<>(
          "recovery-claims",
          RecoveryClaim.class,
          Map.of(
              "message_id", FieldType.KEYWORD,
              "operation_id", FieldType.KEYWORD,
              "claimed_at", FieldType.DATE),
          false);

  /** By {@link RecoveryTurn#id}. */
  public static final DocumentKind<RecoveryTurn> TURNS =
      new DocumentKind<>(
          "recovery-turns", RecoveryTurn.class, Map.of("until", FieldType.DATE), false);

  /** By operation id. */
  public static final DocumentKind<OperationLease> LEASES =
      new DocumentKind<>("recovery-leases", OperationLease.class, Map.of(), false);

  /** By question id. */
  public static final DocumentKind<TargetQuestion> QUESTIONS =
      new DocumentKind<>(
          "recovery-questions",
          TargetQuestion.class,
          Map.of(
              "operation_id", FieldType.KEYWORD,
              "asked_at", FieldType.DATE,
              "finished", FieldType.BOOLEAN),
          true);

  /** By {@link TargetFreeze#documentId}. */
  public static final DocumentKind<TargetFreeze> FREEZES =
      new DocumentKind<>(
          "recovery-freezes",
          TargetFreeze.class,
          Map.of("target", FieldType.KEYWORD, "frozen_at", FieldType.DATE),
          true);

  private RecoveryKinds() {}
}
