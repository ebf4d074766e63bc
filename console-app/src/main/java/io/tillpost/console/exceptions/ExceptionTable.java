package io.tillpost.console.exceptions;

import io.tillpost.console.text.Csv;
import io.tillpost.console.text.MoneyText;
import io.tillpost.store.FailureQueries.Group;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * The list of exceptions as a table, in its order: a row for each exception and currency, so that
 * every amount is a number. Times are UTC. Of the last recovery who is bound to stores is told the
 * messages of these.
 */
final class ExceptionTable {
  private static final List<String> HEADER =
      List.of(
          "Exception",
          "Status",
          "Workflow",
          "Target",
          "Class",
          "Side",
          "Team",
          "Assignee",
          "Messages",
          "Stores",
          "Money",
          "Currency",
          "Oldest (UTC)",
          "Last failed (UTC)",
          "Id",
          "Last recovery",
          "Recovery",
          "Recovery began (UTC)",
          "Recovery by",
          "Recovery messages",
          "Recovery done",
          "Operation");

  private ExceptionTable() {}

  static void csv(List<ExceptionSummary> exceptions, Appendable out) throws IOException {
    Csv.row(out, new ArrayList<>(HEADER));
    for (List<@Nullable Object> row : rows(exceptions)) {
      List<@Nullable String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(text(cell)));
      Csv.row(out, cells);
    }
  }

  /** As an Office Open XML workbook with one sheet; text is text there, never a formula. */
  static void xlsx(List<ExceptionSummary> exceptions, OutputStream out) throws IOException {
    try (Workbook workbook = new Workbook(out, "Tillpost", null)) {
      Worksheet sheet = workbook.newWorksheet("Exceptions");
      for (int column = 0; column < HEADER.size(); column++) {
        sheet.value(0, column, HEADER.get(column));
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
      int number = 1;
      for (List<@Nullable Object> row : rows(exceptions)) {
        for (int column = 0; column < row.size(); column++) {
          write(sheet, number, column, row.get(column));
        }
        number++;
      }
    }
  }

  private static void write(Worksheet sheet, int row, int column, @Nullable Object cell) {
    switch (cell) {
      case null -> {
        // An empty cell.
      }
      case Number number -> sheet.value(row, column, number);
      case Instant time -> {
        sheet.value(row, column, ZonedDateTime.ofInstant(time, ZoneOffset.UTC));
        sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
      }
      default -> sheet.value(row, column, cell.toString());
    }
  }

  private static @Nullable String text(@Nullable Object cell) {
    return cell == null ? null : cell instanceof BigDecimal b ? b.toPlainString() : cell.toString();
  }

  private static List<List<@Nullable Object>> rows(List<ExceptionSummary> exceptions) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (ExceptionSummary exception : exceptions) {
      Group group = exception.group();
      if (group.money().isEmpty()) {
        rows.add(row(exception, null, null));
      }
      group
          .money()
          .amounts()
          .forEach(
              money ->
                  rows.add(
                      row(
                          exception,
                          BigDecimal.valueOf(money.minor(), MoneyText.decimals(money.currency())),
                          money.currency())));
    }
    return rows;
  }

  private static List<@Nullable Object> row(
      ExceptionSummary exception, @Nullable BigDecimal money, @Nullable String currency) {
    Group group = exception.group();
    LastRecovery recovery = exception.lastRecovery();
    return Arrays.asList(
        exception.title(),
        exception.status().title(),
        group.workflow(),
        group.target(),
        exception.failureClass().name(),
        exception.ownerSide().name(),
        exception.team(),
        exception.assignee(),
        group.messages(),
        group.stores(),
        money,
        currency,
        group.oldest(),
        group.lastFailed(),
        group.fingerprint().value(),
        exception.recoveryResult().words(),
        recovery == null ? null : recovery.action().name(),
        recovery == null ? null : recovery.at(),
        recovery == null ? null : recovery.by(),
        recovery == null ? null : recovery.messages(),
        recovery == null ? null : recovery.done(),
        recovery == null ? null : recovery.operationId());
  }
}
