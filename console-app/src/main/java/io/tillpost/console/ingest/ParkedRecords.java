package io.tillpost.console.ingest;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Stores;
import java.util.Optional;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Asks ingest to take parked records once more. What becomes of it is seen on the record a few
 * seconds later: it is gone from the list, or it is parked with what is wrong with it now.
 */
@Service
public class ParkedRecords {
  private final Documents<ParkedRecord> records;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;

  ParkedRecords(Stores stores, AuditLog audit, CurrentOperator currentOperator) {
    this.records = stores.documents().of(ParkedRecord.DOCUMENTS);
    this.audit = audit;
    this.currentOperator = currentOperator;
  }

  /** What became of asking. */
  public sealed interface Answer {
    /** It is going to be sent again, or was already; the record as it is now. */
    record Accepted(ParkedRecord record) implements Answer {}

    /** There is no such record. */
    record NotFound() implements Answer {}

    /** It cannot be sent again; why, in words. */
    record Refused(String reason) implements Answer {}
  }

  /** Asks for it; asked twice, it is sent once. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public Answer sendAgain(String id) {
    foreign()
        .ifPresent(
            why -> {
              throw new ForeignStoreException(why);
            });
    Optional<Versioned<ParkedRecord>> found = records.get(id);
    if (found.isEmpty()) {
      return new Answer.NotFound();
    }
    ParkedRecord record = found.get().value();
    Optional<String> objection = record.objection();
    if (objection.isPresent()) {
      return new Answer.Refused(objection.get());
    }
    Optional<ParkedRecord> toSend = record.toSend();
    if (toSend.isEmpty()) {
      return new Answer.Accepted(record);
    }
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.PARKED_RECORD, id);
    return audit.record(
        AuditAct.of(currentOperator.get().id(), AuditAction.SEND_AGAIN, subject)
            .changing(record.reason(), null),
        () -> ask(found.get(), toSend.get()),
        answer ->
            answer instanceof Answer.Accepted
                ? AuditLog.Ending.DONE
                : new AuditLog.Ending(AuditOutcome.REFUSED, "Somebody else was faster"));
  }

  private Answer ask(Versioned<ParkedRecord> before, ParkedRecord toSend) {
    return records.replace(before, toSend)
        ? new Answer.Accepted(toSend)
        : new Answer.Refused("Somebody else has just sent it again");
  }

  /** Why the current operator cannot send it again, as a sentence; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(ParkedRecord record) {
    return record
        .objection()
        .or(() -> currentOperator.refusal(Permission.ADMINISTER))
        .or(this::foreign);
  }

  /** Why the current operator may not see what was sent, as a sentence; empty if they may. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> textObjection() {
    // What was sent may hold a payload, so the same right as there.
    return currentOperator.refusal(Permission.VIEW_PAYLOAD).or(this::foreign);
  }

  /** What could not be read is not known to be of any store. */
  private Optional<String> foreign() {
    return currentOperator.stores().onlyForAll("A parked record is not known to be of a store");
  }
}
