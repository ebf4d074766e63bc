package io.tillpost.console.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.ingest.ParkedRecords.AllAnswer;
import io.tillpost.console.ingest.ParkedRecords.Answer;
import io.tillpost.console.ingest.ParkedRecords.Text;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Role;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.TestLogin;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.ParkedRecord.State;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class ParkedRecordsTest {
  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
  private final Documents<ParkedRecord> documents = stores.documents().of(ParkedRecord.DOCUMENTS);
  private final ParkedRecords records =
      new ParkedRecords(stores, audit, new CurrentOperator(), clock);
  private final IngestMonitor monitor = new IngestMonitor(stores, clock);

  @BeforeEach
  void logIn() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("admin", "", "ROLE_ADMINISTER"));
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void askedTwiceItIsSentOnceAndAuditedOnce() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    assertThat(records.sendAgain("a")).isInstanceOf(Answer.Accepted.class);
    assertThat(records.sendAgain("a")).isInstanceOf(Answer.Accepted.class);
    assertThat(documents.get("a").orElseThrow().value().state()).isEqualTo(State.TO_SEND);
    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-entries", Object.class, Map.of(), true))
                .count(DocumentQuery.ALL))
        .isEqualTo(1);
  }

  @Test
  void whatWasCutOrIsNoEventCannotBeSentAgain() {
    park("cut", ParkedRecord.Kind.MESSAGE_EVENT, "{\"id\":\"1" + ParkedRecord.CUT);
    park("span", ParkedRecord.Kind.SPAN, "{}");
    assertThat(records.sendAgain("cut")).isInstanceOf(Answer.Refused.class);
    assertThat(records.sendAgain("span")).isInstanceOf(Answer.Refused.class);
    assertThat(records.sendAgain("none")).isEqualTo(new Answer.NotFound());
  }

  @Test
  void whoIsBoundToStoresNeitherReadsNorSendsWhatIsOfNoKnownStore() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    ParkedLine line = monitor.parked("", 10, null).items().getFirst();
    String why =
        "A parked record is not known to be of a store, and you work for the store 0412. Ask a colleague who works"
            + " for all stores.";
    TestLogin.as("cork", Role.ADMIN, TestLogin.only("0412"));
    assertThat(records.text("a")).isEqualTo(new Text.NotShown(why));
    assertThat(records.objection(line)).contains(why);
    assertThatThrownBy(() -> records.sendAgain("a"))
        .isInstanceOf(ForeignStoreException.class)
        .hasMessage(why);
    assertThat(records.objectionToAll()).contains(why);
    assertThatThrownBy(() -> records.sendAllAgain("", "Why not"))
        .isInstanceOf(ForeignStoreException.class)
        .hasMessage(why);

    TestLogin.as("all", Role.ADMIN, StoreScope.ALL);
    assertThat(records.text("a")).isEqualTo(new Text.Kept("{}", Optional.empty()));
    assertThat(records.objection(line)).isEmpty();
  }

  @Test
  void theListHasNoTextAndThatOfOneIsReadWithTheRightToSeePayloads() {
    park("cut", ParkedRecord.Kind.MESSAGE_EVENT, "{\"id\":\"1" + ParkedRecord.CUT);
    assertThat(monitor.parked("", 10, null).items())
        .extracting(ParkedLine::id, ParkedLine::reason)
        .containsExactly(tuple("cut", "time: is missing"));

    TestLogin.as("manager", Role.MANAGER, StoreScope.ALL);
    assertThat(records.text("cut"))
        .isInstanceOfSatisfying(
            Text.NotShown.class, no -> assertThat(no.reason()).contains("see the payload"));
    TestLogin.as("support", Role.SUPPORT, StoreScope.ALL);
    assertThat(records.text("cut"))
        .isInstanceOfSatisfying(
            Text.Kept.class,
            kept -> {
              assertThat(kept.text()).startsWith("{\"id\"");
              assertThat(kept.objection().orElseThrow()).contains("too long");
            });
    assertThat(records.text("gone"))
        .isEqualTo(new Text.NotShown("The record is not there any more."));
  }

  @Test
  void aRecordThatWasAcceptedAgainIsParkedNoMore() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    park("b", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    records.sendAgain("a");
    assertThat(monitor.status().parked()).isEqualTo(2);
    var asked = documents.get("a").orElseThrow();
    documents.replace(asked, asked.value().sent().orElseThrow());
    assertThat(monitor.status().parked()).isEqualTo(1);
    assertThat(monitor.parked("", 10, null).items()).extracting(r -> r.id()).containsExactly("b");
  }

  @Test
  void allThatAreParkedForAReasonAreSentAgainWithOneEntryInTheTrail() {
    for (int i = 0; i < 1_203; i++) {
      park("time-" + i, ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    }
    park("span", ParkedRecord.Kind.SPAN, "{}");
    documents.put(
        "stage",
        ParkedRecord.of(
            ParkedRecord.Kind.MESSAGE_EVENT,
            "stage: unknown",
            "/pos",
            clock.instant(),
            true,
            "{}"));
    records.sendAgain("time-0");

    assertThat(records.sendAllAgain(" time missing ", "The clock rule was mended"))
        .isEqualTo(new AllAnswer.Asked(1_202, 1, false));

    assertThat(documents.get("time-1202").orElseThrow().value().state()).isEqualTo(State.TO_SEND);
    assertThat(documents.get("span").orElseThrow().value().state()).isEqualTo(State.PARKED);
    assertThat(documents.get("stage").orElseThrow().value().state()).isEqualTo(State.PARKED);
    assertThat(records.sendAllAgain("", "Once more")).isEqualTo(new AllAnswer.Asked(1, 1, false));
    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-entries", Object.class, Map.of(), true))
                .count(DocumentQuery.ALL))
        .isEqualTo(3);
  }

  @Test
  void whatWasRefusedBecauseOfItsSenderIsNotSentAgainWithAllOthers() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    refusedForItsSender("stolen", ParkedRecord.OTHER_STORE);
    refusedForItsSender("of no store", ParkedRecord.NO_STORE);

    assertThat(records.sendAllAgain("", "The clock was mended"))
        .isEqualTo(new AllAnswer.Asked(1, 2, false));

    assertThat(documents.get("stolen").orElseThrow().value().state()).isEqualTo(State.PARKED);
    assertThat(documents.get("of no store").orElseThrow().value().state()).isEqualTo(State.PARKED);
    assertThat(records.sendAgain("stolen")).isInstanceOf(Answer.Accepted.class);
  }

  private void refusedForItsSender(String id, String why) {
    documents.put(
        id,
        ParkedRecord.of(
            ParkedRecord.Kind.MESSAGE_EVENT,
            "storeid: '0413' " + why,
            "/pos",
            clock.instant(),
            true,
            "{}"));
  }

  @Test
  void whatIsParkedWhileAllOthersAreAskedForIsNotMeant() {
    park("before", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    clock.advance(Duration.ofSeconds(1));
    park("meanwhile", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    clock.advance(Duration.ofSeconds(-1));

    assertThat(records.sendAllAgain("", "All until now"))
        .isEqualTo(new AllAnswer.Asked(1, 0, false));

    assertThat(documents.get("meanwhile").orElseThrow().value().state()).isEqualTo(State.PARKED);
  }

  @Test
  void theTrailTellsForWhichReasonAndWhyAllWereAskedFor() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    park("span", ParkedRecord.Kind.SPAN, "{}");

    records.sendAllAgain(" time missing ", " The clock rule was mended ");
    records.sendAllAgain(" ", "Once more");

    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
                .find(DocumentQuery.ALL)
                .items())
        .extracting(entry -> entry.value().before(), entry -> entry.value().reason())
        .containsExactlyInAnyOrder(
            tuple("for: time missing", "The clock rule was mended"),
            tuple("for any reason", "Once more"));
    assertThat(
            stores
                .documents()
                .of(new DocumentKind<>("audit-results", Object.class, Map.of(), true))
                .find(DocumentQuery.ALL)
                .items())
        .extracting(ending -> String.valueOf(ending.value()))
        .anyMatch(ending -> ending.contains("1 asked for, 1 left"))
        .anyMatch(ending -> ending.contains("0 asked for, 1 left"));
  }

  @Test
  void thoseThatCannotBeSentDoNotKeepTheOthersBack() {
    for (int i = 0; i < ParkedRecords.MOST; i++) {
      park((i % 2 == 0 ? "cut-" : "span-") + i, kind(i), "{" + ParkedRecord.CUT);
    }
    clock.advance(Duration.ofSeconds(1));
    park("last", ParkedRecord.Kind.MESSAGE_EVENT, "{}");

    assertThat(records.sendAllAgain("", "All of them"))
        .isEqualTo(new AllAnswer.Asked(1, ParkedRecords.MOST, false));
  }

  private static ParkedRecord.Kind kind(int number) {
    return number % 2 == 0 ? ParkedRecord.Kind.MESSAGE_EVENT : ParkedRecord.Kind.SPAN;
  }

  @Test
  void nothingIsParkedSoNothingIsSent() {
    assertThat(records.sendAllAgain("", " ")).isInstanceOf(AllAnswer.Invalid.class);
    assertThat(records.sendAllAgain("", "A try")).isEqualTo(new AllAnswer.Asked(0, 0, false));
  }

  @Test
  void atMostTenThousandAreAskedForAtOnce() {
    for (int i = 0; i < ParkedRecords.MOST; i++) {
      park("p-" + i, ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    }
    clock.advance(Duration.ofSeconds(1));
    park("a-newest", ParkedRecord.Kind.MESSAGE_EVENT, "{}");

    assertThat(records.sendAllAgain("", "All of them"))
        .isEqualTo(new AllAnswer.Asked(ParkedRecords.MOST, 0, true));
    assertThat(documents.get("a-newest").orElseThrow().value().state()).isEqualTo(State.PARKED);
  }

  @Test
  void aRecordThatWasParkedBeforeThereWereStatesIsListedToo() {
    park("a", ParkedRecord.Kind.MESSAGE_EVENT, "{}");
    stores
        .documents()
        .of(
            new DocumentKind<>(
                "parked-records", OfBefore.class, ParkedRecord.DOCUMENTS.fields(), false))
        .put("old", new OfBefore(ParkedRecord.Kind.MESSAGE_EVENT, "x", clock.instant(), "{}"));
    assertThat(monitor.status().parked()).isEqualTo(2);
    assertThat(records.sendAgain("old")).isInstanceOf(Answer.Accepted.class);
    assertThat(documents.get("old").orElseThrow().value().state()).isEqualTo(State.TO_SEND);
  }

  record OfBefore(ParkedRecord.Kind kind, String reason, Instant acceptedAt, String text) {}

  private void park(String id, ParkedRecord.Kind kind, String text) {
    documents.put(
        id, ParkedRecord.of(kind, "time: is missing", "/pos", clock.instant(), true, text));
  }
}
