package io.tillpost.console.audit;

import io.tillpost.store.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Keeps a record of who comes in by the login page, and who goes. Over HTTP a name comes with each
 * call, and each act has it. Unlike acts, a login does not fail where it cannot be written: whoever
 * is to mend the storage must get in.
 */
@Component
final class LoginAudit {
  private static final Logger LOG = LoggerFactory.getLogger(LoginAudit.class);

  private final AuditLog log;

  LoginAudit(AuditLog log) {
    this.log = log;
  }

  @EventListener
  void loggedIn(InteractiveAuthenticationSuccessEvent event) {
    note(event.getAuthentication(), AuditAction.LOG_IN);
  }

  @EventListener
  void loggedOut(LogoutSuccessEvent event) {
    note(event.getAuthentication(), AuditAction.LOG_OUT);
  }

  private void note(Authentication who, AuditAction action) {
    String name = who.getName();
    try {
      log.note(
          AuditAct.of(name, action, new AuditSubject(AuditSubject.Kind.OPERATOR, name)),
          AuditOutcome.DONE,
          null);
    } catch (StoreUnavailableException e) {
      LOG.warn("Not in the audit trail, because the storage is away: {} {}", name, action, e);
    }
  }
}
