package io.tillpost.console.audit;

import org.jspecify.annotations.Nullable;

/**
 * What somebody is about to do.
 *
 * @param actor the user name
 * @param action what
 * @param subject to what
 * @param before how it was, in words, or null
 * @param after how it is to be, in words, or null
 * @param reason in the actor's words, or null where none is asked for
 */
public record AuditAct(
    String actor,
    AuditAction action,
    AuditSubject subject,
    @Nullable String before,
    @Nullable String after,
    @Nullable String reason) {
  /** An act of which nothing but who, what and to what is known. */
  public static AuditAct of(String actor, AuditAction action, AuditSubject subject) {
    return new AuditAct(actor, action, subject, null, null, null);
  }

  /** The same with the change. */
  public AuditAct changing(@Nullable String from, @Nullable String to) {
    return new AuditAct(actor, action, subject, from, to, reason);
  }

  /** The same with the reason. */
  public AuditAct because(@Nullable String why) {
    return new AuditAct(actor, action, subject, before, after, why);
  }
}
