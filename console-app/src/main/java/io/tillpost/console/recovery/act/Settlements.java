package io.tillpost.console.recovery.act;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.run.LateLook;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Takes the word of a person who has looked into a target whether a message is there of which
 * nobody else knows. Nothing is ever sent by it. What message events tell counts more: where they
 * were quicker, that stays. The same word twice has one effect and the same answer.
 */
public class Settlements {
  private static final String MAY = "hasRole('" + Permission.Name.RETRY + "')";

  private final RecoveryRecords records;
  private final LateLook look;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  public Settlements(
      RecoveryRecords records,
      LateLook look,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.look = look;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Ends the doubt about what an operation sent of a message.
   *
   * @param found whether it is in the target: then it is already done, else it has failed and may
   *     be retried; needed
   * @param reason why that person says so, like a document number, 3 to 500 characters; needed
   */
  @PreAuthorize(MAY)
  public SettleAnswer settle(
      String operationId, MessageId message, @Nullable Boolean found, @Nullable String reason) {
    Optional<Versioned<RecoveryItem>> known =
        records.items().get(RecoveryItem.id(operationId, message.value()));
    if (known.isEmpty()) {
      return new SettleAnswer.NotFound(
          "There is no message %s in an operation %s".formatted(message, operationId));
    }
    AuditAct act =
        AuditAct.of(
            currentOperator.get().id(),
            AuditAction.SETTLE,
            new AuditSubject(AuditSubject.Kind.MESSAGE, message.value()));
    Optional<String> foreign = objection(known.get().value());
    if (foreign.isPresent()) {
      audit.refused(act, foreign.get());
      return new SettleAnswer.Forbidden(foreign.get());
    }
    if (found == null) {
      return new SettleAnswer.Invalid("Say whether it was found: true or false");
    }
    String why = reason == null ? "" : reason.strip();
    return RetryRequest.faultOf(why)
        .<SettleAnswer>map(SettleAnswer.Invalid::new)
        .orElseGet(
            () -> settle(known.get(), new ItemEvent.Settled(found, words(found, why)), why, act));
  }

  /**
   * Why the current operator may not settle this item because of its store, in sentences; empty if
   * they may.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(RecoveryItem item) {
    return currentOperator.stores().refusal(item.storeId());
  }

  private SettleAnswer settle(
      Versioned<RecoveryItem> known, ItemEvent.Settled event, String why, AuditAct act) {
    Versioned<RecoveryItem> now =
        known.value().state() == ItemState.UNCONFIRMED ? look.at(List.of(known)).getFirst() : known;
    if (now.value().state() != ItemState.UNCONFIRMED) {
      return answer(now.value(), event);
    }
    return audit.record(
        act.changing(
                "Unconfirmed attempt " + now.value().attempt(),
                event.found() ? "Already done" : "Failed")
            .because(why),
        () -> answer(records.apply(now, event, clock.instant()).value(), event),
        Settlements::ending);
  }

  /** By the item as it is: by this word, by the same one before, or by something else. */
  private static SettleAnswer answer(RecoveryItem item, ItemEvent.Settled event) {
    ItemState wished = event.found() ? ItemState.ALREADY_DONE : ItemState.FAILED;
    if (item.state() == wished && event.words().equals(item.reason())) {
      return new SettleAnswer.Settled(item);
    }
    return new SettleAnswer.Refused(
        "It is not unconfirmed but %s%s"
            .formatted(
                item.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                item.reason() == null ? "." : ": " + item.reason()));
  }

  private String words(boolean found, String why) {
    return "It is %s the target, says %s: %s"
        .formatted(found ? "in" : "not in", currentOperator.get().id(), why);
  }

  private static AuditLog.Ending ending(SettleAnswer answer) {
    return switch (answer) {
      case SettleAnswer.Settled s -> AuditLog.Ending.done("Operation " + s.item().operationId());
      case SettleAnswer.NotFound n -> AuditLog.Ending.refused(n.reason());
      case SettleAnswer.Forbidden f -> AuditLog.Ending.refused(f.reason());
      case SettleAnswer.Refused r -> AuditLog.Ending.refused(r.reason());
      case SettleAnswer.Invalid i -> AuditLog.Ending.refused(i.reason());
    };
  }
}
