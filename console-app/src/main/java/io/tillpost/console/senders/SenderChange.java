package io.tillpost.console.senders;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestSender;
import io.tillpost.store.Stores;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Changes a sender, unless somebody else has just done so, with an entry in the audit trail. */
@Component
class SenderChange {
  private final Documents<IngestSender> senders;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;

  SenderChange(Stores stores, AuditLog audit, CurrentOperator currentOperator) {
    this.senders = stores.documents().of(IngestSender.DOCUMENTS);
    this.audit = audit;
    this.currentOperator = currentOperator;
  }

  /**
   * A change.
   *
   * @param before what the audit trail says of the sender before it
   * @param after what it says of it afterwards
   * @param next the sender as it will be; empty where that cannot be
   * @param objection why it cannot be, as a sentence
   */
  record Step(
      AuditAction action,
      Function<IngestSender, @Nullable String> before,
      @Nullable String after,
      Function<IngestSender, Optional<IngestSender>> next,
      String objection) {}

  /** Makes it. */
  SenderAnswer make(
      String name, String reason, Step step, Function<IngestSender, SenderAnswer> answer) {
    Optional<Versioned<IngestSender>> found = senders.get(name);
    if (found.isEmpty()) {
      return new SenderAnswer.NotFound();
    }
    IngestSender sender = found.get().value();
    Optional<IngestSender> next = step.next().apply(sender);
    if (next.isEmpty()) {
      return new SenderAnswer.Refused(step.objection());
    }
    return audited(
        step.action(),
        name,
        step.before().apply(sender),
        step.after(),
        reason,
        () ->
            senders.replace(found.get(), next.get())
                ? answer.apply(next.get())
                : new SenderAnswer.Refused(
                    "Somebody else has just changed this sender: look at it again."));
  }

  /** Does something to a sender and writes it down. */
  SenderAnswer audited(
      AuditAction action,
      String name,
      @Nullable String before,
      @Nullable String after,
      String reason,
      Supplier<SenderAnswer> doing) {
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.SENDER, name);
    return audit.record(
        AuditAct.of(currentOperator.get().id(), action, subject)
            .changing(before, after)
            .because(reason.strip()),
        doing,
        answer ->
            answer instanceof SenderAnswer.Refused(var why)
                ? AuditLog.Ending.refused(why)
                : AuditLog.Ending.DONE);
  }
}
