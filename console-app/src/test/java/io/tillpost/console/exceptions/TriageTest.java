package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SideClock;
import io.tillpost.message.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class TriageTest extends TriageWorld {
  @Test
  void aHandOverIsWrittenDownHoweverItCameAbout() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.classify(tax, FailureClass.MASTER_DATA);
    clock.advance(Duration.ofMinutes(30));
    triage.ownerSide(tax, OwnerSide.IT, " The mapping is old ");
    triage.ownerSide(tax, OwnerSide.IT);

    ExceptionGroup group = records.get(tax);
    assertThat(group.sides())
        .extracting(SideChange::from, SideChange::to, SideChange::note)
        .containsExactly(
            Tuple.tuple(OwnerSide.IT, OwnerSide.BUSINESS, null),
            Tuple.tuple(OwnerSide.BUSINESS, OwnerSide.IT, "The mapping is old"));
    Instant since = group.sides().getFirst().at().minusSeconds(60);
    SideClock with =
        SideClock.of(
            since, OwnerSide.IT, group.sideHistory(), clock.instant().plus(Duration.ofMinutes(9)));
    assertThat(with.with(OwnerSide.BUSINESS)).isEqualTo(Duration.ofMinutes(30));
    assertThat(with.with(OwnerSide.IT)).isEqualTo(Duration.ofMinutes(10));
    assertThat(with.handOvers()).isEqualTo(2);
    assertThat(group.history().getLast().what()).isEqualTo("gave it to IT");
  }

  @Test
  void whoIsNamedInACommentHasItUnderMineUntilTheyAct() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    ExceptionFilter mine = ExceptionFilter.ALL.with(f -> f.assignee("oncall"));
    triage.comment(tax, "mail to me@oncall, @oncallish and @oncall.example");
    assertThat(inbox.list(mine)).isEmpty();

    triage.comment(tax, "Does anybody know? @ONCALL, perhaps?");
    assertThat(inbox.list(mine)).hasSize(1);

    clock.advance(Duration.ofMinutes(1));
    logIn("oncall");
    triage.comment(tax, "Yes");
    assertThat(inbox.list(mine)).isEmpty();
  }

  @Test
  void aTicketIsAWebAddressAndNothingElse() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    for (String wrong :
        List.of(
            "javascript:alert(1)", "ftp://host/x", "https:///x", "https://a:b@host/", "host/1")) {
      assertThat(triage.ticket(tax, wrong)).as(wrong).isInstanceOf(TriageAnswer.Invalid.class);
    }
    assertThat(records.get(tax).ticket()).isNull();

    triage.ticket(tax, " https://tickets.example/browse/RET-4711 ");
    assertThat(records.get(tax).ticket()).isEqualTo("https://tickets.example/browse/RET-4711");
    triage.ticket(tax, "");
    assertThat(records.get(tax).ticket()).isNull();
  }

  @Test
  void aRequestThatComesTwiceIsDoneOnce() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    TriageRequest request = TriageRequest.of("support", "key-1", "Hello");
    assertThat(TriageRequest.of("oncall", "key-1", "Hello").beginning())
        .isNotEqualTo(request.beginning());

    request.doing(() -> triage.comment(tax, "Hello"));
    request.doing(() -> triage.comment(tax, "Hello"));
    triage.comment(tax, "Hello");

    assertThat(records.get(tax).comments()).hasSize(2);
    assertThat(records.get(tax).request(request.beginning())).contains(request.name());
  }

  @Test
  void anActForSeveralIsDoneForEachThatItCanBeDoneFor() {
    Fingerprint small = fail("SMALL", sale("0001"));
    Fingerprint large = fail("LARGE", sale("0001"), sale("0002"), sale("0003"));
    BulkTriage bulk = bulk();

    assertThat(bulk.classify(List.of(small, large, small), FailureClass.MAPPING, "k-1"))
        .isEqualTo(new BulkTriage.Answer(2, 0, Set.of(), List.of()));
    assertThat(bulk.ignore(List.of(small, large), untilMessages(2), "Known", "k-2"))
        .returns(1, BulkTriage.Answer::done)
        .returns(1, BulkTriage.Answer::refused)
        .satisfies(answer -> assertThat(answer.reasons()).hasSize(1));
    assertThat(bulk.assign(List.of(small, large), AssignWish.to("stranger"), "k-3").done())
        .isZero();
    assertThat(bulk.assign(Collections.nCopies(999, small), AssignWish.to("oncall"), "k-4").done())
        .isEqualTo(1);
    assertThat(records.get(small).assignee()).isEqualTo("oncall");
    assertThat(records.get(large).status()).isEqualTo(ExceptionStatus.OPEN);
    List<Fingerprint> many =
        IntStream.range(0, 2_001).mapToObj(i -> new Fingerprint("%016x".formatted(i))).toList();
    assertThat(bulk.classify(many, null, "k-5").refused()).isEqualTo(2_001);
  }

  @Test
  void theAuditTrailSaysWhatWasBeforeAndAfterAndWhy() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.assign(tax, "oncall", "Retail IT");
    triage.assign(tax, null, null);
    triage.ignore(
        tax, new IgnoredUntil(null, 5L, null, new Money(10_000, "EUR")), "Known, mended tonight");
    triage.notice(tax);
    triage.stopAutomaticRetry(tax, "The bank is down");
    triage.startAutomaticRetry(tax);

    assertThat(auditOf(tax))
        .extracting(AuditEntry::before, AuditEntry::after, AuditEntry::reason)
        .containsExactlyInAnyOrder(
            Tuple.tuple("nobody", "oncall, team Retail IT", null),
            Tuple.tuple("oncall, team Retail IT", "nobody", null),
            Tuple.tuple(
                "Open",
                "ignored until more than 5 messages or more than 100.00 EUR",
                "Known, mended tonight"),
            Tuple.tuple("Ignored", "no longer ignored", null),
            Tuple.tuple("Open", "automatic retry stopped", "The bank is down"),
            Tuple.tuple("automatic retry stopped by support", "automatic retry started", null));
  }

  @Test
  void whoTakesWhatATeamHasLeavesItToTheTeam() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.assign(tax, null, "Retail IT");

    triage.assignToMe(tax);

    assertThat(records.get(tax).assignee()).isEqualTo("support");
    assertThat(records.get(tax).team()).isEqualTo("Retail IT");
  }

  @Test
  void whoIsNotKnownCannotBeAssignedAndAnEmptyCommentIsNone() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    assertThat(triage.assign(tax, "stranger", null))
        .isEqualTo(new TriageAnswer.Invalid("Nobody has the user name stranger"));
    assertThat(triage.comment(tax, "  ")).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.comment(tax, "x".repeat(4_001))).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.assign(tax, "oncall", "Retail IT")).isInstanceOf(TriageAnswer.Done.class);
    assertThat(triage.assign(tax, null, null))
        .isInstanceOfSatisfying(
            TriageAnswer.Done.class, done -> assertThat(done.exception().assignee()).isNull());
  }

  @Test
  void twoPeopleAtTheSameTimeBothCount() throws Exception {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 40)
          .forEach(
              i ->
                  threads.execute(
                      () -> {
                        logIn("support");
                        triage.comment(tax, "Comment " + i);
                      }));
    }

    ExceptionGroup group = records.get(tax);
    assertThat(group.comments()).hasSize(40);
    assertThat(group.history()).hasSize(40);
  }

  @Test
  void automaticRetryIsStoppedAndStartedAgainWithWhoAndWhy() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    assertThat(triage.stopAutomaticRetry(tax, " ")).isInstanceOf(TriageAnswer.Invalid.class);
    triage.stopAutomaticRetry(tax, "The target asked us to");
    assertThat(records.get(tax).retryStoppedBy()).isEqualTo("support");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(triage.stopAutomaticRetry(tax, "Once more"))
        .isEqualTo(new TriageAnswer.Invalid("Its automatic retry is stopped already"));
    triage.startAutomaticRetry(tax);

    assertThat(records.get(tax).retryStoppedBy()).isNull();
    assertThat(records.get(tax).history())
        .extracting(step -> step.actor() + " " + step.what())
        .containsExactly(
            "support stopped the automatic retry: The target asked us to",
            "support started the automatic retry again");
    assertThat(triage.startAutomaticRetry(tax)).isInstanceOf(TriageAnswer.Invalid.class);
  }
}
