package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.Page;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class AuditLogTest {
  private static final AuditSubject EXCEPTION =
      new AuditSubject(AuditSubject.Kind.EXCEPTION, "00ff00ff00ff00ff");

  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final AuditLog log =
      new AuditLog(stores.documents(), () -> Optional.of("192.0.2.7"), clock);

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void anActIsKeptWithWhoWhenWhatAndWhatBecameOfIt() {
    String result =
        log.record(
            AuditAct.of("support", AuditAction.ASSIGN, EXCEPTION).changing(null, "support"),
            () -> "done",
            _ -> AuditLog.Ending.DONE);

    assertThat(result).isEqualTo("done");
    AuditLine line = all().getFirst();
    assertThat(line.outcome()).isEqualTo(AuditOutcome.DONE);
    assertThat(line.entry().at()).isEqualTo(Samples.MORNING);
    assertThat(line.entry().actor()).isEqualTo("support");
    assertThat(line.entry().after()).isEqualTo("support");
    assertThat(line.entry().address()).isEqualTo("192.0.2.7");
  }

  @Test
  void whatCannotBeWrittenDownDoesNotHappen() {
    AtomicInteger done = new AtomicInteger();
    stores.breakDown("disk full");

    assertThatThrownBy(
            () ->
                log.record(
                    AuditAct.of("support", AuditAction.RETRY, EXCEPTION),
                    done::incrementAndGet,
                    _ -> AuditLog.Ending.DONE))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(done).hasValue(0);
  }

  @Test
  void anActWhoseEndNobodySawStaysNotKnown() {
    log.record(
        AuditAct.of("support", AuditAction.RETRY, EXCEPTION),
        () -> {
          stores.breakDown("killed");
          return "done";
        },
        _ -> AuditLog.Ending.DONE);
    stores.recover();

    assertThat(all())
        .singleElement()
        .extracting(AuditLine::outcome)
        .isEqualTo(AuditOutcome.NOT_KNOWN);
  }

  @Test
  void anActThatEndsWithAnErrorSaysSo() {
    assertThatThrownBy(
            () ->
                log.record(
                    AuditAct.of("support", AuditAction.RETRY, EXCEPTION),
                    () -> {
                      throw new IllegalStateException("broken");
                    },
                    _ -> AuditLog.Ending.DONE))
        .isInstanceOf(IllegalStateException.class);

    assertThat(all()).singleElement().extracting(AuditLine::outcome).isEqualTo(AuditOutcome.FAILED);
  }

  @Test
  void entriesAreFoundByWhoWhatToWhatAndWhenNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      note(i % 2 == 0 ? "support" : "oncall", AuditAction.COMMENT, "s-" + i);
      clock.advance(Duration.ofMinutes(1));
    }

    Page<AuditLine> first = log.find(AuditQuery.ALL, 2, null);
    assertThat(subjects(first.items())).containsExactly("s-4", "s-3");
    assertThat(first.total()).isEqualTo(5);
    assertThat(subjects(log.find(AuditQuery.ALL, 2, first.next()).items()))
        .containsExactly("s-2", "s-1");
    assertThat(subjects(find(new AuditQuery("oncall", null, null, null, null, null))))
        .containsExactly("s-3", "s-1");
    assertThat(find(new AuditQuery(null, AuditAction.RETRY, null, null, null, null))).isEmpty();
    assertThat(subjects(find(new AuditQuery(null, null, "s-2", null, null, null))))
        .containsExactly("s-2");
    assertThat(
            subjects(
                find(
                    new AuditQuery(
                        null,
                        null,
                        null,
                        Samples.MORNING.plusSeconds(60),
                        Samples.MORNING.plusSeconds(180),
                        null))))
        .containsExactly("s-2", "s-1");
  }

  @Test
  void entriesAreFoundByWordsOfTheReasonAndOfWhatChanged() {
    AuditAct act = AuditAct.of("support", AuditAction.ASSIGN, EXCEPTION);
    log.note(
        act.changing("nobody", "anna, team Retail IT").because("Anna knows the tax code"),
        AuditOutcome.DONE,
        "Detail");
    log.note(act.changing("anna, team Retail IT", "nobody"), AuditOutcome.DONE, null);
    log.note(act, AuditOutcome.DONE, null);

    assertThat(find(words("ANNA"))).hasSize(2);
    assertThat(find(words("retail: nobody"))).hasSize(2);
    assertThat(find(words("tax nobody"))).as("of reason and change together").hasSize(1);
    assertThat(find(words("tax stranger"))).isEmpty();
    assertThat(find(words("detail"))).as("the outcome is another record").isEmpty();
    assertThat(find(words("→ …"))).as("no word").hasSize(3);
    assertThat(find(new AuditQuery("oncall", null, null, null, null, "anna"))).isEmpty();
  }

  @Test
  void anExportHasWhatIsShownAndSaysByWhichWords() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("admin", "", "ROLE_ADMIN"));
    AuditAct act = AuditAct.of("support", AuditAction.COMMENT, EXCEPTION);
    log.note(act.changing(null, "The bank is down"), AuditOutcome.DONE, null);
    log.note(act.changing(null, "The bank is back"), AuditOutcome.DONE, null);
    StringBuilder csv = new StringBuilder();

    new AuditTrail(log, _ -> Map.of(), new CurrentOperator()).export(words("bank down"), csv);

    assertThat(csv.toString().lines()).hasSize(2).last().asString().contains("The bank is down");
    AuditQuery exports = new AuditQuery(null, AuditAction.EXPORT, null, null, null, null);
    assertThat(find(exports))
        .extracting(line -> line.entry().after())
        .containsExactly("Entries: with the words “bank down”");
  }

  private static AuditQuery words(String words) {
    return new AuditQuery(null, null, null, null, null, words);
  }

  @Test
  void anExportCarriesNoFormulaAndIsItselfKept() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("admin", "", "ROLE_ADMIN"));
    log.note(
        AuditAct.of("=HYPERLINK(\"x\")", AuditAction.COMMENT, EXCEPTION).changing("+1", "a\"b"),
        AuditOutcome.DONE,
        "@SUM(A1)");
    StringBuilder csv = new StringBuilder();

    new AuditTrail(log, _ -> Map.of(), new CurrentOperator()).export(AuditQuery.ALL, csv);

    assertThat(csv.toString().lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"'=HYPERLINK(\"\"x\"\")\"", "\"'+1\"", "\"a\"\"b\"", "\"'@SUM(A1)\""));
    assertThat(find(new AuditQuery("admin", AuditAction.EXPORT, null, null, null, null)))
        .hasSize(1);
  }

  private void note(String actor, AuditAction action, String subject) {
    log.note(
        AuditAct.of(actor, action, new AuditSubject(AuditSubject.Kind.EXCEPTION, subject)),
        AuditOutcome.DONE,
        null);
  }

  private List<AuditLine> all() {
    return find(AuditQuery.ALL);
  }

  private List<AuditLine> find(AuditQuery query) {
    return log.find(query, 100, null).items();
  }

  private static List<String> subjects(List<AuditLine> lines) {
    return lines.stream().map(line -> line.entry().subjectId()).toList();
  }
}
