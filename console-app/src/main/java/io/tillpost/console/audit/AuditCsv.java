package io.tillpost.console.audit;

import io.tillpost.console.text.Csv;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Audit entries as CSV. */
final class AuditCsv {
  private AuditCsv() {}

  static void header(Appendable out) throws IOException {
    Csv.row(
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
    Csv.row(
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
}
