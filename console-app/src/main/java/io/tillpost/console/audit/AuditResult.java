package io.tillpost.console.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of the act of an entry. Written once, under the id of the entry.
 *
 * @param entryId the entry
 * @param at when it was known
 * @param outcome what became of it
 * @param detail in words, like the id of the operation that was started; or null
 */
record AuditResult(String entryId, Instant at, AuditOutcome outcome, @Nullable String detail) {}
