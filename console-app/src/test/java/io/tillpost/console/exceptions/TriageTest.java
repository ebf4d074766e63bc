package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.RuleText;
import io.tillpost.console.recovery.TriagedFailures;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.failure.SideChange;
import io.tillpost.failure.SideClock;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class TriageTest {
  private ClassificationRules rules = ClassificationRules.NONE;
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING.plusSeconds(3_600));
  private final TriageRecords records = new TriageRecords(stores.documents(), stores.failures());
  private final Triage triage =
      new Triage(
          records,
          stores.failures(),
          new AuditLog(stores.documents(), Optional::empty, clock),
          new CurrentOperator(),
          Set.of("support", "oncall")::contains,
          () -> rules,
          clock);
  private final ExceptionInbox inbox =
      new ExceptionInbox(
          stores.failures(),
          StoreDirectory.of(List.of()),
          records,
          () -> rules,
          Samples.workflows(),
          clock);
  private final Regrouping regrouping =
      new Regrouping(
          new GroupingStore(stores.documents()),
          records,
          new AuditLog(stores.documents(), Optional::empty, clock),
          new CurrentOperator(),
          clock);
  private final ExceptionSweep sweep =
      new ExceptionSweep(records, stores.failures(), regrouping, clock);
  private final RecoveryNews news = new RecoveryNews(records, stores.failures(), clock);

  @BeforeEach
  void logIn() {
    logIn("support");
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

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

  @Test
  void aClassGivenByHandGoesBeforeARuleAndARuleBeforeWhatIsClaimed() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TIMEOUT", sale("0002"));
    rules =
        rules(
            """
            rules:
              - {rule: Tax, class: master-data, code: TAX_*, owner: it}
              - {rule: All, class: transient, code: "*"}
            """);

    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(
            e -> e.group().sample().code(),
            ExceptionSummary::failureClass,
            ExceptionSummary::ownerSide,
            ExceptionSummary::classOrigin)
        .containsExactlyInAnyOrder(
            Tuple.tuple(
                "TAX_CODE_UNKNOWN", FailureClass.MASTER_DATA, OwnerSide.IT, "by rule 1 “Tax”"),
            Tuple.tuple("TIMEOUT", FailureClass.TRANSIENT, OwnerSide.IT, "by rule 2 “All”"));

    triage.classify(tax, FailureClass.BUSINESS_RULE);
    assertThat(inbox.find(tax).orElseThrow().summary().orElseThrow())
        .returns(FailureClass.BUSINESS_RULE, ExceptionSummary::failureClass)
        .returns(OwnerSide.BUSINESS, ExceptionSummary::ownerSide)
        .returns("given by hand, against rule 1 “Tax”", ExceptionSummary::classOrigin);
  }

  @Test
  void aTrialSaysWhatWouldChangeAndLeavesAllAsItIs() {
    Fingerprint byHand = fail("TAX_CODE_UNKNOWN", sale("0001"));
    fail("TAX_MISSING", sale("0001"), sale("0002"), sale("0003"));
    fail("OLD_TAX", sale("0004").capturedAt(clock.instant().minus(Duration.ofDays(9))));
    triage.classify(byHand, FailureClass.BUSINESS_RULE);
    RuleTrial trial = new RuleTrial(stores.failures(), records, () -> rules, clock);

    assertThat(trial.of("rules:\n  - {rule: Tax, class: master-data, code: '*TAX*'}\n"))
        .isInstanceOfSatisfying(
            RuleTrial.Answer.Tried.class,
            tried -> {
              RuleTrial.Outcome outcome = tried.outcome();
              assertThat(outcome.exceptions()).isEqualTo(2);
              assertThat(outcome.keptByHand()).isEqualTo(1);
              assertThat(outcome.changes())
                  .extracting(
                      RuleTrial.Change::messages, RuleTrial.Change::before, RuleTrial.Change::after)
                  .containsExactly(Tuple.tuple(3L, FailureClass.UNKNOWN, FailureClass.MASTER_DATA));
              assertThat(outcome.classes().get(FailureClass.UNKNOWN).before().messages())
                  .isEqualTo(3);
              assertThat(outcome.classes().get(FailureClass.MASTER_DATA).after().exceptions())
                  .isEqualTo(1);
              assertThat(outcome.byRule().getFirst().amount().messages()).isEqualTo(3);
            });
    assertThat(trial.of("rules: 1")).isInstanceOf(RuleTrial.Answer.Invalid.class);
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::failureClass)
        .doesNotContain(FailureClass.MASTER_DATA);
  }

  @Test
  void whatWasDecidedByHandTwiceIsOfferedAsARule() {
    RuleSuggestions suggestions = new RuleSuggestions(stores.failures(), records);
    Fingerprint sales = fail("ODD \"CODE\"", sale("0001"));
    Fingerprint stock = fail("ODD \"CODE\"", stock("0001"));
    assertThat(suggestions.of(sales)).isEmpty();

    triage.classify(sales, FailureClass.MAPPING);
    RuleSuggestions.Suggestion once = suggestions.of(sales).orElseThrow();
    assertThat(once.isRepeated()).isFalse();
    assertThat(once.rule()).contains("text: \"It does not work\"");

    triage.classify(stock, FailureClass.MAPPING);
    RuleSuggestions.Suggestion twice = suggestions.of(sales).orElseThrow();
    assertThat(twice.isRepeated()).isTrue();
    assertThat(twice.words()).startsWith("2 exceptions with the code ODD \"CODE\"");
    rules = rules(twice.first("# First\nrules: # all\n  - {rule: X, class: unknown, code: '*'}\n"));
    assertThat(rules.rules()).hasSize(2);
    triage.classify(stock, null);
    assertThat(inbox.find(stock).orElseThrow().summary().orElseThrow().failureClass())
        .isEqualTo(FailureClass.MAPPING);
    assertThat(rules(twice.first("rules: []")).rules()).hasSize(1);
    assertThat(rules(twice.first("")).rules()).hasSize(1);
  }

  private static ClassificationRules rules(String text) {
    return switch (RuleText.read(text)) {
      case RuleText.Valid valid -> valid.rules();
      case RuleText.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

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
            since, OwnerSide.IT, group.sides(), clock.instant().plus(Duration.ofMinutes(9)));
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
    BulkTriage bulk = new BulkTriage(triage);

    assertThat(bulk.classify(List.of(small, large, small), FailureClass.MAPPING))
        .isEqualTo(new BulkTriage.Answer(2, 0, Set.of()));
    assertThat(bulk.ignore(List.of(small, large), untilMessages(2), "Known"))
        .returns(1, BulkTriage.Answer::done)
        .returns(1, BulkTriage.Answer::refused)
        .satisfies(answer -> assertThat(answer.reasons()).hasSize(1));
    assertThat(bulk.assign(List.of(small, large), "stranger", null).done()).isZero();
    assertThat(bulk.assign(Collections.nCopies(999, small), "oncall", null).done()).isEqualTo(1);
    assertThat(records.get(small).assignee()).isEqualTo("oncall");
    assertThat(records.get(large).status()).isEqualTo(ExceptionStatus.OPEN);
    List<Fingerprint> many =
        IntStream.range(0, 201).mapToObj(i -> new Fingerprint("%016x".formatted(i))).toList();
    assertThat(bulk.classify(many, null).refused()).isEqualTo(201);
  }

  @Test
  void aKeptViewCountsWhatIsNewSinceItsReaderLooked() {
    SavedViews views = new SavedViews(stores.documents(), inbox, new CurrentOperator(), clock);
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
  void whatRetriesCameToIsToldFromTenOutcomesOn() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Documents<RecoveryOperation> operations = stores.documents().of(RecoveryKinds.OPERATIONS);
    operations.create("o-support", retryAll(tax, "support"));
    for (int i = 0; i < 9; i++) {
      retried(i, i < 7 ? Duration.ofMinutes(2) : Duration.ofMinutes(11));
    }
    RetryEvidence evidence = new RetryEvidence(stores.documents(), stores.failures(), clock);
    assertThat(evidence.of(tax)).isEmpty();

    retried(9, null);
    clock.advance(Duration.ofMinutes(1));
    Retried retried = evidence.of(tax).orElseThrow();
    assertThat(retried.words())
        .isEqualTo(
            "70 % of 10 retried messages were confirmed within 10 minutes (90 % in the end).");
  }

  private void retried(int number, Duration confirmedAfter) {
    Instant at = clock.instant();
    RecoveryItem item =
        RecoveryItem.planned(
            "o-support",
            "m-" + number,
            new PlannedMessage("sales-posting", "0001", "erp", null, null, at),
            number,
            2,
            at.minus(Duration.ofHours(1)));
    item =
        item.after(
                new ItemEvent.DispatchStarted("me", at.plusSeconds(60), at.plusSeconds(6_000), "t"),
                at)
            .orElseThrow();
    item = item.after(new ItemEvent.Taken(at.plusSeconds(6_000)), at).orElseThrow();
    item =
        confirmedAfter == null
            ? item.after(new ItemEvent.AttemptFailed("Again"), at).orElseThrow()
            : item.after(new ItemEvent.Confirmed(2), at.plus(confirmedAfter)).orElseThrow();
    stores
        .documents()
        .of(RecoveryKinds.ITEMS)
        .create(RecoveryItem.id("o-support", "m-" + number), item);
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
  void whoRetriesAnExceptionThatNobodyHasHasItNow() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    news.started(retryAll(tax, "oncall"));

    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RECOVERING);

    news.started(retryAll(tax, "support"));
    assertThat(records.get(tax).assignee()).isEqualTo("oncall");
  }

  @Test
  void anExceptionIsResolvedWhenItsMessagesAreThroughAndOpenWhenTheyComeBack() {
    MessageBuilder sale = sale("0001");
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale);
    news.started(retryAll(tax, "support"));

    news.finished(retryAll(tax, "support"));
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);

    write(sale.attempt(2, clock.instant()).throughStage(Stage.CONFIRMED));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.RESOLVED);
    assertThat(inbox.find(tax).orElseThrow().group()).isEmpty();
    assertThat(inbox.find(tax).orElseThrow().title())
        .isEqualTo("It does not work (TAX_CODE_UNKNOWN)");
    assertThat(records.titles(List.of(tax.value(), "00ff00ff00ff00ff")))
        .containsOnly(Map.entry(tax.value(), "It does not work (TAX_CODE_UNKNOWN)"));

    fail("TAX_CODE_UNKNOWN", sale("0002"));
    assertThat(inbox.list(ExceptionFilter.ALL))
        .extracting(ExceptionSummary::status)
        .containsExactly(ExceptionStatus.REGRESSED);
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.REGRESSED);

    triage.comment(tax, "Again");
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
  }

  @Test
  void whatIsIgnoredComesLastUntilItBecomesWorse() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"), sale("0002"));
    fail("TIMEOUT", sale("0003"));

    assertThat(triage.ignore(tax, untilMessages(2), "Known, mended on Monday"))
        .isInstanceOf(TriageAnswer.Done.class);
    assertThat(codes(ExceptionFilter.ALL)).containsExactly("TIMEOUT", "TAX_CODE_UNKNOWN");
    assertThat(codes(ExceptionFilter.ALL.with(f -> f.statuses(Set.of(ExceptionStatus.IGNORED)))))
        .containsExactly("TAX_CODE_UNKNOWN");
    triage.comment(tax, "Still known");
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.IGNORED);

    fail("TAX_CODE_UNKNOWN", sale("0004"));
    sweep.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
    assertThat(records.get(tax).ignoredUntil()).isNull();
    assertThat(records.get(tax).history().getLast().what())
        .isEqualTo("is ignored no longer: it has 3 messages, more than 2");
    assertThat(codes(ExceptionFilter.ALL)).containsExactly("TAX_CODE_UNKNOWN", "TIMEOUT");
  }

  @Test
  void whatIsIgnoredForATimeComesBackAfterIt() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    Instant until = clock.instant().plusSeconds(3_600);
    triage.ignore(tax, new IgnoredUntil(until, null, null, null), "Over at noon");

    clock.advance(Duration.ofMinutes(59));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.IGNORED);

    clock.advance(Duration.ofMinutes(1));
    sweep.sweep();
    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
  }

  @Test
  void ignoringNeedsAReasonAndAnEndThatIsNotReachedYet() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"), sale("0002"));

    assertThat(triage.ignore(tax, untilMessages(9), " ")).isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.ignore(tax, new IgnoredUntil(null, null, null, null), "Never mind"))
        .isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.ignore(tax, untilMessages(1), "Known"))
        .isEqualTo(
            new TriageAnswer.Invalid(
                "It is as bad as that already: it has 2 messages, more than 1"));
    assertThat(triage.ignore(tax, new IgnoredUntil(clock.instant(), null, null, null), "Known"))
        .isInstanceOf(TriageAnswer.Invalid.class);
    assertThat(triage.notice(tax)).isEqualTo(new TriageAnswer.Invalid("It is not ignored"));
    assertThat(records.get(tax).history()).isEmpty();
  }

  @Test
  void ignoringCanBeTakenBack() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.ignore(tax, untilMessages(5), "Known");

    assertThat(triage.notice(tax)).isInstanceOf(TriageAnswer.Done.class);

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.OPEN);
    assertThat(records.get(tax).ignoredUntil()).isNull();
  }

  @Test
  void whatSomebodySawEscalatesWhenItGrowsFast() {
    clock.advance(Duration.ofHours(5));
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));
    triage.comment(tax, "One sale only");
    clock.advance(Duration.ofHours(2));
    for (int store = 10; store < 20; store++) {
      fail(
          "TAX_CODE_UNKNOWN",
          sale("00" + store).capturedAt(clock.instant().minus(Duration.ofMinutes(20))));
    }

    sweep.sweep();

    assertThat(records.get(tax).status()).isEqualTo(ExceptionStatus.ESCALATED);
    assertThat(records.get(tax).history().getLast().what())
        .startsWith("grows fast: 10 messages failed within an hour");
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

  private static IgnoredUntil untilMessages(long most) {
    return new IgnoredUntil(null, most, null, null);
  }

  @Test
  void anExceptionThatNobodyTouchedIsCalledAsItsMessagesSay() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    assertThat(records.titles(List.of(tax.value())))
        .containsOnly(Map.entry(tax.value(), "It does not work (TAX_CODE_UNKNOWN)"));
  }

  private List<String> codes(ExceptionFilter filter) {
    return inbox.list(filter).stream().map(e -> e.group().sample().code()).toList();
  }

  private static ExceptionFilter filter(
      Set<String> workflows, Set<FailureClass> classes, OwnerSide side, String assignee) {
    return ExceptionFilter.ALL.with(
        f -> f.workflows(workflows).classes(classes).side(side).assignee(assignee));
  }

  private static MessageBuilder stock(String store) {
    return Samples.aStockUpdate().store(store);
  }

  private static MessageBuilder sale(String store) {
    return Samples.aSale().store(store);
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

  @Test
  void anAutomaticRetryAssignsNobodyAndLeavesTheStatusToPeople() {
    Fingerprint tax = fail("TAX_CODE_UNKNOWN", sale("0001"));

    news.started(retryAll(tax, RecoveryOperation.AUTOMATIC));
    news.finished(retryAll(tax, RecoveryOperation.AUTOMATIC));

    assertThat(records.get(tax)).isEqualTo(ExceptionGroup.fresh(tax));
  }

  @Test
  void recoveryIsToldTheClassThatCountsAndWhatPeopleDecided() {
    Fingerprint busy = fail("HTTP_429", sale("0001"), sale("0002"));
    rules = rules("rules: [{rule: X, class: transient, http-status: 429}]");
    TriagedExceptions triaged = new TriagedExceptions(records, stores, () -> rules);
    TriagedFailures.Standing fresh =
        new TriagedFailures.Standing(busy, "erp", FailureClass.TRANSIENT, null, null);

    assertThat(triaged.of(busy)).contains(fresh);
    TriagedFailures.Failed failed = triaged.failed().getFirst();
    assertThat(failed.standing()).isEqualTo(fresh);
    assertThat(failed.messages()).isEqualTo(2);
    assertThat(stores.messages().search(failed.query()).items())
        .hasSize(2)
        .allMatch(stored -> triaged.of(stored.message()).equals(Optional.of(fresh)));
    triage.classify(busy, FailureClass.MAPPING);
    triage.stopAutomaticRetry(busy, "Not now");
    assertThat(triaged.failed().getFirst().standing())
        .isEqualTo(
            new TriagedFailures.Standing(
                busy, "erp", FailureClass.MAPPING, FailureClass.MAPPING, "support"));
    assertThat(triaged.of(new Fingerprint("00ff00ff00ff00ff"))).isEmpty();
  }

  private Fingerprint fail(String code, MessageBuilder... messages) {
    for (MessageBuilder message : messages) {
      write(
          message
              .failingWith(
                  Samples.aFailure()
                      .code(code)
                      .message("It does not work")
                      .failureClass(null)
                      .build())
              .throughStage(Stage.FAILED));
    }
    return stores
        .messages()
        .find(messages[0].messageId())
        .orElseThrow()
        .message()
        .fingerprint()
        .orElseThrow();
  }

  private void write(List<io.tillpost.message.MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }

  private RecoveryOperation retryAll(Fingerprint fingerprint, String by) {
    return RecoveryOperation.planned(
        "o-" + by,
        RecoveryAction.RETRY,
        by,
        "Tax code is there",
        clock.instant(),
        new OperationScope(
            OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), "All"),
        "middleware");
  }

  private static void logIn(String user) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_SUPPORT"));
  }
}
