package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.security.RefusedRequest;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused is in the trail, and nobody fills it by trying again. */
class RefusedActsTest {
  private static final String WHY = "The role On-call does not allow it";

  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final InMemoryStores stores = new InMemoryStores();
  private Optional<String> address = Optional.empty();
  private final AuditLog log = new AuditLog(stores.documents(), () -> address, clock);

  @Test
  void theFirstIsWrittenAtOnceWithWhoWhatAndWhy() {
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);

    assertThat(lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.entry().actor()).isEqualTo("oncall");
              assertThat(line.entry().action()).isEqualTo(AuditAction.DISCARD);
              assertThat(line.entry().subjectId()).isEqualTo("sale-1");
              assertThat(line.outcome()).isEqualTo(AuditOutcome.REFUSED);
              assertThat(line.detail()).isEqualTo(WHY);
            });
  }

  @Test
  void aClientInALoopHasOneEntryAMinuteWithACount() {
    for (int second = 0; second < 600; second++) {
      for (int i = 0; i < 10; i++) {
        log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(second * 10 + i)), WHY);
      }
      clock.advance(Duration.ofSeconds(1));
    }
    log.flushAllRefused();

    assertThat(lines()).hasSizeBetween(10, 12);
    assertThat(lines().stream().mapToLong(line -> count(line.detail())).sum()).isEqualTo(6_000);
    assertThat(lines().getFirst().entry().subjectId()).isEqualTo("sale-5999");
  }

  @Test
  void othersAndOtherActsHaveEntriesOfTheirOwn() {
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);
    log.refused(AuditAct.of("oncall", AuditAction.REPLAY, sale(1)), WHY);
    log.refused(AuditAct.of("manager", AuditAction.DISCARD, sale(1)), WHY);

    assertThat(lines()).hasSize(3);
  }

  @Test
  void whatIsCountedHasTheAddressItCameFromAndNotThatOfWhoHasItWritten() {
    address = Optional.of("10.0.0.1");
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(2)), WHY);
    clock.advance(Duration.ofMinutes(1));
    address = Optional.of("10.0.0.2");
    log.refused(AuditAct.of("manager", AuditAction.DISCARD, sale(3)), WHY);

    assertThat(lines())
        .filteredOn(line -> line.entry().actor().equals("oncall"))
        .hasSize(2)
        .allSatisfy(line -> assertThat(line.entry().address()).isEqualTo("10.0.0.1"));
  }

  @Test
  void whatComesAfterAQuietMinuteIsWrittenAtOnceAgain() {
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(2)), WHY);
    clock.advance(Duration.ofMinutes(1));
    log.flushRefused();
    assertThat(lines().getFirst().detail())
        .isEqualTo(WHY + " (1 of this kind within a minute; this is the last of them)");
    clock.advance(Duration.ofMinutes(1));
    log.flushRefused();
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(3)), WHY);

    assertThat(lines()).hasSize(3);
    assertThat(lines().getFirst().entry().subjectId()).isEqualTo("sale-3");
  }

  @Test
  void whatWasCountedIsWrittenAlsoWhereItsMinuteIsNotOver() {
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(2)), WHY);
    log.flushRefused();
    assertThat(lines()).hasSize(1);

    log.flushAllRefused();

    // Both of the same moment, so in any order.
    assertThat(lines())
        .extracting(line -> line.entry().subjectId())
        .containsExactlyInAnyOrder("sale-1", "sale-2");
  }

  @Test
  void whereItCannotBeWrittenNobodyIsToldSo() {
    stores.breakDown("the disk is full");
    log.refused(AuditAct.of("oncall", AuditAction.DISCARD, sale(1)), WHY);
    stores.recover();

    log.refused(AuditAct.of("manager", AuditAction.DISCARD, sale(2)), WHY);
    assertThat(lines()).singleElement().matches(line -> line.entry().actor().equals("manager"));
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/messages/{messageId}/retry, RETRY",
    "POST, /api/v1/operations, PLAN_OPERATION",
    "POST, /api/v1/operations/{id}/items/{messageId}/settle, SETTLE",
    "PUT, /api/v1/senders/{name}/bounds, BOUND_SENDER",
    "GET, /api/v1/audit.csv, EXPORT",
    "GET, /api/v1/operations/{id}/items.csv, EXPORT",
    "GET, /api/v1/audit, ",
    "POST, /api/v1/classification-rules/try, ",
    "POST, /api/v1/something/new, ADMINISTER",
    "POST, , ADMINISTER",
  })
  void aCallIsTheActThatItWouldHaveBeen(String method, String pattern, AuditAction action) {
    assertThat(RefusedCalls.action(method, pattern)).isEqualTo(Optional.ofNullable(action));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/messages/{messageId}/retry, messageId, sale-1, MESSAGE, sale-1",
    "/api/v1/operations/{id}/items/{messageId}/settle, messageId, sale-1, MESSAGE, sale-1",
    "/api/v1/exceptions/{id}/merge, id, 0123456789abcdef, EXCEPTION, 0123456789abcdef",
    "/api/v1/exceptions/{id}/merge, id, none, OPERATOR, oncall",
    "/api/v1/messages/{messageId}/retry, messageId, ' ', OPERATOR, oncall",
    "/api/v1/operations, x, y, OPERATOR, oncall",
  })
  void aCallIsAboutWhatStandsInItsAddressIfThereCanBeSuchAThing(
      String pattern, String name, String value, AuditSubject.Kind kind, String id) {
    RefusedRequest request =
        new RefusedRequest("oncall", "POST", pattern, Map.of(name, value), WHY);

    assertThat(RefusedCalls.subject(request)).isEqualTo(new AuditSubject(kind, id));
  }

  private static long count(String detail) {
    return detail.contains("(")
        ? Long.parseLong(detail.replaceAll(".*\\(([0-9,]+) of.*", "$1").replace(",", ""))
        : 1;
  }

  private static AuditSubject sale(int number) {
    return new AuditSubject(AuditSubject.Kind.MESSAGE, "sale-" + number);
  }

  private List<AuditLine> lines() {
    return log.find(AuditQuery.ALL, 100, null).items();
  }
}
