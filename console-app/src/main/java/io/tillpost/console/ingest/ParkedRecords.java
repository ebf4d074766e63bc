package io.tillpost.console.ingest;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditOutcome;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Replacement;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Asks ingest to take parked records once more, one or all that are parked for a reason. What
 * becomes of it is seen on the record a few seconds later: it is gone from the list, or it is
 * parked with what is wrong with it now.
 */
@Service
public class ParkedRecords {
  /** The most that are asked for at once. */
  public static final int MOST = 10_000;

  private static final int MOST_LOOKED_AT = 100_000;
  private static final int PART = 500;

  private final Documents<ParkedRecord> records;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  ParkedRecords(Stores stores, AuditLog audit, CurrentOperator currentOperator, Clock clock) {
    this.clock = clock;
    this.records = stores.documents().of(ParkedRecord.DOCUMENTS);
    this.audit = audit;
    this.currentOperator = currentOperator;
  }

  /** What became of asking. */
  public sealed interface Answer {
    /** It is going to be sent again, or was already; the record as it is now. */
    record Accepted(ParkedLine record) implements Answer {}

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
      return new Answer.Accepted(ParkedLine.of(found.get()));
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

  /** What became of asking for all. */
  public sealed interface AllAnswer {
    /**
     * They are going to be sent again.
     *
     * @param asked so many
     * @param left so many of those with these words stay: they cannot be sent again from here, or
     *     were refused because of their sender, so that somebody has to look at them
     * @param more whether others wait still, see {@link #MOST}
     */
    record Asked(int asked, long left, boolean more) implements AllAnswer {}

    /** Nothing was asked for; why, in words. */
    record Invalid(String reason) implements AllAnswer {}
  }

  /**
   * Asks for all that are parked until now for a reason with these words, the oldest first, {@link
   * #MOST} at most. Asked twice, each is sent once. Those that were refused because of their sender
   * are left out: sent again they may be for any store.
   *
   * @param words as for {@link IngestMonitor#parked}; blank for any reason
   * @param why in the operator's words; they stand in the audit trail
   */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public AllAnswer sendAllAgain(String words, String why) {
    foreign()
        .ifPresent(
            bound -> {
              throw new ForeignStoreException(bound);
            });
    if (why.isBlank()) {
      return new AllAnswer.Invalid("Say why: it stands in the audit trail");
    }
    AuditSubject subject = new AuditSubject(AuditSubject.Kind.PARKED_RECORD, "all");
    return audit.record(
        AuditAct.of(currentOperator.get().id(), AuditAction.SEND_AGAIN, subject)
            .changing(words.isBlank() ? "for any reason" : "for: " + words.strip(), null)
            .because(why.strip()),
        () -> askForAll(words),
        answer ->
            new AuditLog.Ending(
                AuditOutcome.DONE,
                "%,d asked for, %,d left".formatted(answer.asked(), answer.left())));
  }

  private AllAnswer.Asked askForAll(String words) {
    DocumentQuery parked =
        IngestMonitor.stillParked(words)
            .and(new Condition.NoneOf("state", Set.of(ParkedRecord.State.TO_SEND.name())))
            // What is parked while this goes on is not meant.
            .and(new Condition.Between("accepted_at", null, clock.instant().plusMillis(1)))
            .sorted("accepted_at", false);
    Set<String> events = Set.of(ParkedRecord.Kind.MESSAGE_EVENT.name());
    DocumentQuery sendable = parked.and(new Condition.AnyOf("kind", events));
    int asked = 0;
    long left = records.count(parked.and(new Condition.NoneOf("kind", events)));
    int looked = 0;
    String after = null;
    do {
      Page<Versioned<ParkedRecord>> page =
          records.find(sendable.page(Math.min(PART, MOST - asked), after));
      List<Replacement<ParkedRecord>> toSend = new ArrayList<>();
      for (Versioned<ParkedRecord> record : page.items()) {
        Optional<ParkedRecord> again =
            record.value().isForeign() ? Optional.empty() : record.value().toSend();
        again.ifPresent(value -> toSend.add(new Replacement<>(record, value)));
      }
      // What somebody else has just asked for is sent too.
      asked += toSend.size() - records.replaceAll(toSend).size();
      left += page.items().size() - toSend.size();
      looked += page.items().size();
      after = page.next();
    } while (after != null && asked < MOST && looked < MOST_LOOKED_AT);
    return new AllAnswer.Asked(asked, left, after != null);
  }

  private Answer ask(Versioned<ParkedRecord> before, ParkedRecord toSend) {
    return records.replace(before, toSend)
        ? new Answer.Accepted(ParkedLine.of(new Versioned<>(before.id(), toSend, before.version())))
        : new Answer.Refused("Somebody else has just sent it again");
  }

  /** What a record holds, or why it is not shown. */
  public sealed interface Text {
    /**
     * The content as it is kept.
     *
     * @param objection why the record can never be sent again from here; empty if it can
     */
    record Kept(String text, Optional<String> objection) implements Text {}

    /** It is not for this operator, or not there any more; why, in words. */
    record NotShown(String reason) implements Text {}
  }

  /** The content of one record. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Text text(String id) {
    // What was sent may hold a payload, so the same right as there.
    return currentOperator
        .refusal(Permission.VIEW_PAYLOAD)
        .or(this::foreign)
        .<Text>map(Text.NotShown::new)
        .orElseGet(
            () ->
                records
                    .get(id)
                    .map(Versioned::value)
                    .<Text>map(record -> new Text.Kept(record.text(), record.objection()))
                    .orElseGet(() -> new Text.NotShown("The record is not there any more.")));
  }

  /**
   * Why the current operator cannot send it again, as a sentence, as far as that is seen without
   * its text; empty if they can.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(ParkedLine line) {
    return ParkedRecord.objection(line.kind())
        .or(() -> currentOperator.refusal(Permission.ADMINISTER))
        .or(this::foreign);
  }

  /** Why the current operator cannot send all again, as a sentence; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objectionToAll() {
    return currentOperator.refusal(Permission.ADMINISTER).or(this::foreign);
  }

  /** What could not be read is not known to be of any store. */
  private Optional<String> foreign() {
    return currentOperator.stores().onlyForAll("A parked record is not known to be of a store");
  }
}
