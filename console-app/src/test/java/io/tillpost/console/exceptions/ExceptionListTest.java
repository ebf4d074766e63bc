package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.OwnerSide;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipFile;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order, the filters and the files of the list, and what it keeps. */
class ExceptionListTest extends TriageWorld {
  @Test
  void theMostStoresComeFirstThenTheMostMessagesThenTheOldest() {
    fail("TWO_STORES", sale("0001"), sale("0002"));
    fail("MANY_MESSAGES", sale("0001"), sale("0001"), sale("0001"));
    fail("YOUNG", sale("0001").capturedAt(Samples.MORNING.plusSeconds(60)));
    fail("OLD", sale("0001").capturedAt(Samples.MORNING.minusSeconds(60)));

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().sample().code())
        .containsExactly("TWO_STORES", "MANY_MESSAGES", "OLD", "YOUNG");
  }

  @Test
  void aStoreWithUnsentSalesWeighsMoreThanOneWithLateStock() {
    fail("STOCK", stock("0001"), stock("0002"));
    fail("SALE", sale("0003"));
    fail("MORE_STOCK", stock("0004"), stock("0005"), stock("0006"));

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(e -> e.group().sample().code())
        .containsExactly("MORE_STOCK", "SALE", "STOCK");
  }

  @Test
  void exceptionsAreFilteredByWhatFailedAndByWhatPeopleDecided() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TIMEOUT", Samples.aStockUpdate());
    triage.classify(tax, FailureClass.MASTER_DATA);
    triage.assignToMe(tax);

    assertThat(codes(filter(Set.of("sales-posting"), Set.of(), null, null)))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(FailureClass.MASTER_DATA), null, null)))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(), OwnerSide.BUSINESS, "support")))
        .containsExactly("TAX_CODE_UNKNOWN");
    assertThat(codes(filter(Set.of(), Set.of(), null, ExceptionFilter.NOBODY)))
        .containsExactly("TIMEOUT");
  }

  private static ExceptionFilter filter(
      Set<String> workflows, Set<FailureClass> classes, OwnerSide side, String assignee) {
    return ExceptionFilter.ALL.with(
        f -> f.workflows(workflows).classes(classes).side(side).assignee(assignee));
  }

  @Test
  void anExceptionThatNobodyTouchedIsCalledAsItsMessagesSay() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    assertThat(records.titles(List.of(tax.value())))
        .containsOnly(Map.entry(tax.value(), "It does not work (TAX_CODE_UNKNOWN)"));
  }

  @Test
  void aKeptViewCountsWhatIsNewSinceItsReaderLooked() {
    SavedViews views = views();
    clock.advance(Duration.ofHours(2));
    fail("OLD", sale("0001"));
    assertThat(views.save(" ", "q=x", false)).isInstanceOf(SavedViews.Answer.Invalid.class);
    views.save("Sales", "workflow=sales-posting&assignee=me", false);
    views.save("Sales", "workflow=sales-posting", true);
    views.save("Private", "status=NEW", false);
    clock.advance(Duration.ofSeconds(5));
    fail("NEW", sale("0002").capturedAt(clock.instant()));
    fail("STOCK", stock("0002").capturedAt(clock.instant()));
    clock.advance(Duration.ofMinutes(5));

    assertThat(views.list())
        .extracting(l -> l.view().name(), SavedViews.Listed::fresh, SavedViews.Listed::mine)
        .containsExactly(Tuple.tuple("Private", 2L, true), Tuple.tuple("Sales", 1L, true));

    logIn("oncall");
    SavedViews.Listed shared = views.list().getFirst();
    assertThat(views.list()).hasSize(1);
    assertThat(shared.fresh()).isEqualTo(2);
    assertThat(shared.mine()).isFalse();
    views.looked(shared.view().id());
    views.remove(shared.view().id());
    assertThat(views.list()).extracting(SavedViews.Listed::fresh).containsExactly(0L);

    logIn("support");
    views.remove(shared.view().id());
    assertThat(views.list()).extracting(l -> l.view().name()).containsExactly("Private");
  }

  @Test
  void whoKeepsChangesSharesAndTakesAwayAViewIsInTheAuditTrail() {
    SavedViews views = views();
    SavedView view = kept(views.create(" Sales ", "workflow=sales-posting", false, "key-1"));
    assertThat(kept(views.create("Sales", "workflow=sales-posting", false, "key-1")))
        .isEqualTo(view);
    assertThat(views.create("Sales", "workflow=returns", false, "key-1"))
        .isEqualTo(
            new SavedViews.Answer.Conflict(
                "This Idempotency-Key was used for another request already"));
    assertThat(views.create("Sales", "", false, null))
        .isEqualTo(
            new SavedViews.Answer.Conflict(
                "You keep a view of the name Sales already: change that one"));
    assertThat(views.change(view.id(), "x".repeat(61), "", false))
        .isInstanceOf(SavedViews.Answer.Invalid.class);
    kept(views.change(view.id(), "Sales", "store=0412", false));
    kept(views.change(view.id(), "Sales", "store=0412", false));
    SavedView shared = kept(views.change(view.id(), "Sales", "store=0412", true));

    logIn("oncall");
    assertThat(views.change(view.id(), "Mine", "", false))
        .isInstanceOfSatisfying(
            SavedViews.Answer.Forbidden.class,
            no -> assertThat(no.reason()).startsWith("This view is kept by support"));
    assertThat(views.remove("none"))
        .isEqualTo(new SavedViews.Answer.NotFound("There is no view none"));

    logIn("support");
    assertThat(shared.request()).isEqualTo(view.request());
    assertThat(views.remove(view.id())).isEqualTo(new SavedViews.Answer.Removed());
    assertThat(views.remove(view.id())).isEqualTo(new SavedViews.Answer.Removed());
    assertThat(views.change(view.id(), "Sales", "", false))
        .isInstanceOf(SavedViews.Answer.NotFound.class);
    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
                .find(DocumentQuery.ALL)
                .items())
        .extracting(found -> found.value())
        .filteredOn(entry -> entry.subjectId().equals(view.id()))
        .extracting(AuditEntry::actor, AuditEntry::action, AuditEntry::before, AuditEntry::after)
        .containsExactlyInAnyOrder(
            Tuple.tuple("support", AuditAction.KEEP_VIEW, null, "Sales · workflow=sales-posting"),
            Tuple.tuple(
                "support",
                AuditAction.CHANGE_VIEW,
                "Sales · workflow=sales-posting",
                "Sales · store=0412"),
            Tuple.tuple(
                "support",
                AuditAction.SHARE_VIEW,
                "Sales · store=0412",
                "Sales · shared · store=0412"),
            Tuple.tuple("oncall", AuditAction.CHANGE_VIEW, null, null),
            Tuple.tuple("support", AuditAction.REMOVE_VIEW, "Sales · shared · store=0412", null));
  }

  private SavedViews views() {
    AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
    return new SavedViews(stores.documents(), inbox, audit, new CurrentOperator(), clock);
  }

  private static SavedView kept(SavedViews.Answer answer) {
    assertThat(answer).isInstanceOf(SavedViews.Answer.Kept.class);
    return ((SavedViews.Answer.Kept) answer).view();
  }

  @Test
  void theTableHasARowForEachCurrencyAndNoFormula() throws IOException {
    fail("=CMD()", sale("0001").amount(150, "EUR"), sale("0002").amount(20, "JPY"));
    triage.assign(
        inbox.list(ExceptionFilter.ALL).getFirst().fingerprint(), "support", "=HYPERLINK(\"x\")");
    StringBuilder csv = new StringBuilder();

    ExceptionTable.csv(inbox.list(ExceptionFilter.ALL), csv);

    assertThat(csv.toString().lines())
        .hasSize(3)
        .allSatisfy(line -> assertThat(line).doesNotContain(",\"=").doesNotStartWith("\"="));
    assertThat(csv.toString())
        .contains("\"'=HYPERLINK(\"\"x\"\")\"")
        .contains("\"1.50\",\"EUR\"")
        .contains("\"20\",\"JPY\"");
  }

  @Test
  void theWorkbookHasTextNumbersAndTimes(@TempDir Path directory) throws Exception {
    fail("TAX_CODE_UNKNOWN", sale("0001").amount(150, "EUR"));
    Path workbook = directory.resolve("exceptions.xlsx");

    try (OutputStream out = Files.newOutputStream(workbook)) {
      ExceptionTable.xlsx(inbox.list(ExceptionFilter.ALL), out);
    }

    try (ZipFile parts = new ZipFile(workbook.toFile())) {
      assertThat(part(parts, "xl/worksheets/sheet1.xml"))
          .contains("<v>1.50</v>")
          .doesNotContain("<f>");
      assertThat(part(parts, "xl/sharedStrings.xml"))
          .contains("It does not work (TAX_CODE_UNKNOWN)");
    }
  }

  private static String part(ZipFile parts, String name) throws IOException {
    try (InputStream part = parts.getInputStream(parts.getEntry(name))) {
      return new String(part.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
