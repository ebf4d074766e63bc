package io.tillpost.console.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail. Written once, never changed: what became of the act is a document of
 * its own.
 *
 * @param id sorts by time
 * @param at when
 * @param actor the user name
 * @param action what
 * @param subjectKind kind of thing
 * @param subjectId which thing
 * @param before how it was, or null
 * @param after how it was to be, or null
 * @param reason in the actor's words, or null
 * @param address from where, as the connection says, or null where there was none
 * @param link its place in the audit chain, or null where it is from before there was one
 */
public record AuditEntry(
    String id,
    Instant at,
    String actor,
    AuditAction action,
    AuditSubject.Kind subjectKind,
    String subjectId,
    @Nullable String before,
    @Nullable String after,
    @Nullable String reason,
    @Nullable String address,
    @Nullable ChainLink link)
    implements AuditRecord {
  /** The entry for an act at that moment. */
  static AuditEntry of(AuditAct act, Instant at, @Nullable String address) {
    return new AuditEntry(
        TimeOrderedId.at(at),
        at,
        act.actor(),
        act.action(),
        act.subject().kind(),
        act.subject().id(),
        act.before(),
        act.after(),
        act.reason(),
        address,
        null);
  }

  @Override
  public String documentId() {
    return id;
  }

  @Override
  public AuditEntry linked(ChainLink place) {
    return new AuditEntry(
        id, at, actor, action, subjectKind, subjectId, before, after, reason, address, place);
  }

  @Override
  public void describe(CanonicalBytes bytes) {
    bytes
        .text("entry", id)
        .text("at", at.toString())
        .text("actor", actor)
        .text("action", action.name())
        .text("subjectKind", subjectKind.name())
        .text("subjectId", subjectId)
        .text("before", before)
        .text("after", after)
        .text("reason", reason)
        .text("address", address);
  }
}
