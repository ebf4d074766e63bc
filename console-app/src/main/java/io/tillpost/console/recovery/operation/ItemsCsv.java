package io.tillpost.console.recovery.operation;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.Csv;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.DocumentQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * All messages of an operation as CSV, for whoever may see its page; it says no more than that.
 * However many they are, only a part of them is held at a time.
 */
public class ItemsCsv {
  private static final int PART = 1_000;

  private final RecoveryRecords records;
  private final ShownItems shown;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;

  public ItemsCsv(
      RecoveryRecords records, ShownItems shown, AuditLog audit, CurrentOperator currentOperator) {
    this.records = records;
    this.shown = shown;
    this.audit = audit;
    this.currentOperator = currentOperator;
  }

  /**
   * Writes those that the current operator is shown, ordered by message, and keeps a record that
   * this was done.
   *
   * @param states only these; empty for all
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public void export(String operationId, Set<ItemState> states, Appendable out) {
    AuditAct act =
        AuditAct.of(
                currentOperator.get().id(),
                AuditAction.EXPORT,
                new AuditSubject(AuditSubject.Kind.OPERATION, operationId))
            .changing(null, words(states));
    audit.record(
        act,
        () -> write(shown.of(operationId, states), out),
        rows -> AuditLog.Ending.done(CountText.of(rows, "message")));
  }

  private static String words(Set<ItemState> states) {
    return "CSV: "
        + (states.isEmpty()
            ? "all"
            : states.stream().sorted().map(Enum::name).collect(Collectors.joining(", ")));
  }

  private long write(DocumentQuery query, Appendable out) {
    LongAdder rows = new LongAdder();
    try {
      Csv.row(out, List.of("Message", "Store", "Attempt", "Outcome", "Why", "Sent (UTC)"));
      records
          .items()
          .findAll(
              query.page(PART, null),
              part -> {
                part.forEach(item -> row(item.value(), out));
                rows.add(part.size());
              });
      return rows.sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void row(RecoveryItem item, Appendable out) {
    try {
      Csv.row(
          out,
          Arrays.asList(
              item.messageId(),
              item.storeId(),
              Integer.toString(item.attempt()),
              item.state().name(),
              item.reason(),
              text(item.sentAt())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String text(@Nullable Instant moment) {
    return moment == null ? null : moment.toString();
  }
}
