package io.tillpost.console.audit;

import org.jspecify.annotations.Nullable;

/**
 * An entry with what became of its act.
 *
 * @param entry the entry
 * @param outcome what became of it
 * @param detail in words, or null
 */
public record AuditLine(AuditEntry entry, AuditOutcome outcome, @Nullable String detail) {}
