package io.tillpost.console.audit;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Audit entries as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
final class AuditCsv {
  private static final String FORMULA_STARTS = "=+-@\t\r";

  private AuditCsv() {}

  static void header(Appendable out) throws IOException {
    row(
        out,
        List.of(
            "Time (UTC)",
            "Who",
            "What",
            "Kind",
            "To what",
            "Before",
            "After",
            "Reason",
            "From",
            "Outcome",
            "Detail"));
  }

  static void line(Appendable out, AuditLine line) throws IOException {
    AuditEntry e = line.entry();
    row(
        out,
        Arrays.asList(
            e.at().toString(),
            e.actor(),
            e.action().title(),
            e.subjectKind().title(),
            e.subjectId(),
            e.before(),
            e.after(),
            e.reason(),
            e.address(),
            line.outcome().title(),
            line.detail()));
  }

  private static void row(Appendable out, List<@Nullable String> cells) throws IOException {
    out.append(cells.stream().map(AuditCsv::cell).collect(Collectors.joining(","))).append("\r\n");
  }

  static String cell(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return "";
    }
    String safe = FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
