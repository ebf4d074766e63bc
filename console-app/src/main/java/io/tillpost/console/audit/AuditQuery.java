package io.tillpost.console.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which entries. Everything given must hold; null asks for nothing.
 *
 * @param actor exactly this user name
 * @param action this action
 * @param subjectId exactly this thing
 * @param from at or after
 * @param to before
 */
public record AuditQuery(
    @Nullable String actor,
    @Nullable AuditAction action,
    @Nullable String subjectId,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** All entries. */
  public static final AuditQuery ALL = new AuditQuery(null, null, null, null, null);
}
