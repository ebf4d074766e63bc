package io.tillpost.console.senders;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.ingest.RefusalLogAccess;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.IngestSender;
import io.tillpost.store.IngestSender.Bounds;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.SenderKey;
import io.tillpost.store.SenderUse;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

class SendersTest {
  private static final String WHY = "The store opens tomorrow";
  private static final String GATEWAY = "till-gateway.0412.example";

  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private final AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
  private final CurrentOperator operator = new CurrentOperator();
  private final SenderChange change = new SenderChange(stores, audit, operator);
  private final Senders senders = new Senders(stores, change, operator, clock);
  private final SenderList list = new SenderList(stores, RefusalLogAccess.of(stores, clock), clock);
  private final SenderCertificates certificates =
      new SenderCertificates(stores, list, change, operator, clock);

  @BeforeEach
  void logIn() {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("admin", "", "ROLE_ADMINISTER"));
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  private NewKey made(SenderAnswer answer) {
    assertThat(answer).isInstanceOf(SenderAnswer.KeyMade.class);
    return ((SenderAnswer.KeyMade) answer).key();
  }

  private List<SenderKey.State> states() {
    return list.find("store-0412").orElseThrow().sender().keys().stream()
        .map(key -> key.state(clock.instant()))
        .toList();
  }

  private long entries() {
    return stores
        .documents()
        .of(new DocumentKind<>("audit-entries", Object.class, Map.of(), true))
        .count(DocumentQuery.ALL);
  }

  @Test
  void whatRunningProcessesHaveConfiguredIsListedOnceAndItsCertificatesAreNotGivenAway() {
    ConfiguredSenders.One gateway =
        new ConfiguredSenders.One(
            "gateway", new Bounds(List.of("0412"), null, null), 0, List.of(GATEWAY));
    ConfiguredSenders.One erp = new ConfiguredSenders.One("erp", Bounds.NONE, 2, List.of());
    var told = stores.documents().of(ConfiguredSenders.DOCUMENTS);
    told.put("gone", new ConfiguredSenders(clock.instant(), List.of(erp)));
    clock.advance(Duration.ofMinutes(6));
    told.put("a", new ConfiguredSenders(clock.instant(), List.of(gateway)));
    told.put("b", new ConfiguredSenders(clock.instant(), List.of(erp, gateway)));
    assertThat(list.configured()).containsExactly(erp, gateway);

    made(senders.make("store-0412", Bounds.NONE, WHY));
    assertThat(certificates.add("store-0412", GATEWAY, WHY))
        .isEqualTo(
            new SenderAnswer.Refused(
                "It stands in the configuration of ingest as one of the sender gateway: take it out there first."));
    clock.advance(Duration.ofMinutes(6));
    assertThat(list.configured()).isEmpty();
    assertThat(certificates.add("store-0412", GATEWAY, WHY)).isInstanceOf(SenderAnswer.Done.class);
  }

  @Test
  void aKeyIsToldOnceAndOnlyItsHashIsKept() {
    SenderAnswer answer = senders.make("store-0412", new Bounds(List.of("0412"), 50L, null), WHY);
    String key = made(answer).text();
    assertThat(key).startsWith("tillpost_").hasSize(52);
    assertThat(answer.toString()).doesNotContain(key);
    IngestSender kept =
        stores.documents().of(IngestSender.DOCUMENTS).get("store-0412").get().value();
    assertThat(kept.keys().getFirst().hash()).matches("[0-9a-f]{64}").doesNotContain(key);
    assertThat(kept.bounds().stores()).containsExactly("0412");
    assertThat(senders.make("store-0412", Bounds.NONE, WHY))
        .isEqualTo(new SenderAnswer.Refused("There is a sender named store-0412 already."));
    assertThat(made(senders.make("other", Bounds.NONE, WHY)).text()).isNotEqualTo(key);
  }

  @Test
  void aNewKeyLetsTheOthersGoOnForTheOverlapAndNoLonger() {
    senders.make("store-0412", Bounds.NONE, WHY);
    made(senders.rotate("store-0412", Duration.ofHours(1), WHY));
    assertThat(states()).containsExactly(SenderKey.State.ENDING, SenderKey.State.VALID);
    clock.advance(Duration.ofHours(1));
    assertThat(states()).containsExactly(SenderKey.State.EXPIRED, SenderKey.State.VALID);
    // A later and longer overlap never gives an ended key more time.
    made(senders.rotate("store-0412", Duration.ofDays(1), WHY));
    assertThat(states())
        .containsExactly(SenderKey.State.EXPIRED, SenderKey.State.ENDING, SenderKey.State.VALID);
  }

  @Test
  void aRevokedKeyStaysKnownAndCannotBeRevokedAgain() {
    String id = made(senders.make("store-0412", Bounds.NONE, WHY)).key().id();
    assertThat(senders.revoke("store-0412", id, WHY)).isInstanceOf(SenderAnswer.Done.class);
    assertThat(states()).containsExactly(SenderKey.State.REVOKED);
    assertThat(senders.revoke("store-0412", id, WHY)).isInstanceOf(SenderAnswer.Refused.class);
    made(senders.rotate("store-0412", Duration.ofDays(1), WHY));
    assertThat(states()).containsExactly(SenderKey.State.REVOKED, SenderKey.State.VALID);
  }

  @Test
  void soManyKeysThatOpenAreEnough() {
    senders.make("store-0412", Bounds.NONE, WHY);
    for (int i = 1; i < IngestSender.MOST_KEYS; i++) {
      made(senders.rotate("store-0412", Duration.ofDays(30), WHY));
    }
    assertThat(senders.rotate("store-0412", Duration.ZERO, WHY))
        .isInstanceOf(SenderAnswer.Refused.class);
  }

  @Test
  void everyChangeHasAReasonAndAnAuditEntryAndWhatIsWrongHasNeither() {
    String id = made(senders.make("store-0412", Bounds.NONE, WHY)).key().id();
    senders.rotate("store-0412", Duration.ZERO, WHY);
    senders.bound("store-0412", new Bounds(List.of("0412"), null, 1_000L), WHY);
    senders.revoke("store-0412", id, WHY);
    assertThat(entries()).isEqualTo(4);
    for (SenderAnswer wrong :
        List.of(
            senders.make("other", Bounds.NONE, " "),
            senders.rotate("store-0412", Duration.ZERO, null),
            senders.rotate("store-0412", Duration.ofDays(31), WHY),
            senders.revoke("store-0412", id, ""),
            senders.bound("store-0412", new Bounds(List.of(), 0L, null), WHY),
            senders.bound("store-0412", new Bounds(List.of("a b"), null, null), WHY))) {
      assertThat(wrong).isInstanceOf(SenderAnswer.Invalid.class);
    }
    assertThat(senders.revoke("nobody", id, WHY)).isEqualTo(new SenderAnswer.NotFound());
    assertThat(entries()).isEqualTo(4);
  }

  private SenderCertificate certificate(int index) {
    return list.find("store-0412").orElseThrow().sender().certificates().get(index);
  }

  @Test
  void aCertificateIsAddedReplacedWithAnOverlapAndRemoved() {
    senders.make("store-0412", Bounds.NONE, WHY);
    assertThat(certificates.add("store-0412", GATEWAY, WHY)).isInstanceOf(SenderAnswer.Done.class);
    assertThat(certificate(0).mark()).isEqualTo(GATEWAY);
    assertThat(certificates.add("store-0412", GATEWAY, WHY))
        .isInstanceOf(SenderAnswer.Refused.class);

    Duration hour = Duration.ofHours(1);
    assertThat(
            certificates.replace(
                "store-0412", certificate(0).id(), "AB:".repeat(31) + "AB", hour, WHY))
        .isInstanceOf(SenderAnswer.Done.class);
    assertThat(certificate(0).state(clock.instant())).isEqualTo(SenderKey.State.ENDING);
    assertThat(certificate(1).mark()).isEqualTo("sha256:" + "ab".repeat(32));
    clock.advance(hour);
    assertThat(certificate(0).state(clock.instant())).isEqualTo(SenderKey.State.EXPIRED);
    assertThat(certificates.replace("store-0412", certificate(0).id(), "other", hour, WHY))
        .isInstanceOf(SenderAnswer.Refused.class);

    String id = certificate(1).id();
    assertThat(certificates.remove("store-0412", id, WHY)).isInstanceOf(SenderAnswer.Done.class);
    assertThat(certificate(1).state(clock.instant())).isEqualTo(SenderKey.State.REVOKED);
    assertThat(certificates.remove("store-0412", id, WHY)).isInstanceOf(SenderAnswer.Refused.class);
    // Added again it is as new, and stands once.
    certificates.add("store-0412", GATEWAY, WHY);
    assertThat(certificate(1).state(clock.instant())).isEqualTo(SenderKey.State.VALID);
    assertThat(list.find("store-0412").orElseThrow().certificatesThatOpen(clock.instant()))
        .isEqualTo(1);
    assertThat(states()).as("keys are as before").containsExactly(SenderKey.State.VALID);
  }

  @Test
  void aCertificateIsOfOneSenderAtATime() {
    senders.make("store-0412", Bounds.NONE, WHY);
    senders.make("store-0413", Bounds.NONE, WHY);
    certificates.add("store-0412", GATEWAY, WHY);
    assertThat(certificates.add("store-0413", GATEWAY, WHY))
        .isEqualTo(
            new SenderAnswer.Refused(
                "It is a certificate of the sender store-0412: remove it there first."));
    certificates.remove("store-0412", certificate(0).id(), WHY);
    assertThat(certificates.add("store-0413", GATEWAY, WHY)).isInstanceOf(SenderAnswer.Done.class);
  }

  @Test
  void soManyCertificatesThatOpenAreEnoughAndOldOnesAreForgottenInTheEnd() {
    senders.make("store-0412", Bounds.NONE, WHY);
    for (int i = 0; i < IngestSender.MOST_CERTIFICATES; i++) {
      certificates.add("store-0412", "till-" + i, WHY);
    }
    assertThat(certificates.add("store-0412", "one-more", WHY))
        .isInstanceOf(SenderAnswer.Refused.class);
    for (int i = 0; i < 100; i++) {
      clock.advance(Duration.ofSeconds(1));
      String last = list.find("store-0412").orElseThrow().sender().certificates().getLast().id();
      certificates.remove("store-0412", last, WHY);
      assertThat(certificates.add("store-0412", "next-" + i, WHY))
          .isInstanceOf(SenderAnswer.Done.class);
    }
    assertThat(list.find("store-0412").orElseThrow().sender().certificates()).hasSize(50);
    assertThat(certificate(0).mark()).isEqualTo("till-0");
  }

  @Test
  void everyChangeOfACertificateHasAReasonAndAnAuditEntryAndWhatIsWrongHasNeither() {
    senders.make("store-0412", Bounds.NONE, WHY);
    certificates.add("store-0412", GATEWAY, WHY);
    certificates.replace("store-0412", certificate(0).id(), "other", Duration.ZERO, WHY);
    certificates.remove("store-0412", certificate(1).id(), WHY);
    assertThat(entries()).isEqualTo(4);
    String id = certificate(0).id();
    for (SenderAnswer wrong :
        List.of(
            certificates.add("store-0412", GATEWAY, " "),
            certificates.add("store-0412", null, WHY),
            certificates.add("store-0412", "CN=till", WHY),
            certificates.replace("store-0412", id, "new", Duration.ofDays(31), WHY),
            certificates.remove("store-0412", id, ""))) {
      assertThat(wrong).isInstanceOf(SenderAnswer.Invalid.class);
    }
    assertThat(certificates.add("nobody", GATEWAY, WHY)).isEqualTo(new SenderAnswer.NotFound());
    assertThat(certificates.remove("store-0412", "none", WHY))
        .isInstanceOf(SenderAnswer.Refused.class);
    assertThat(entries()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Store", "a b", "-a", "everybody", "api-keys", "x/y"})
  void namesThatWouldBeMistakenAreRefused(String name) {
    assertThat(senders.make(name, Bounds.NONE, WHY)).isInstanceOf(SenderAnswer.Invalid.class);
  }

  @Test
  void theListTellsTheLatestUseOfAllProcessesAndWhatWasRefused() {
    String id = made(senders.make("store-0412", Bounds.NONE, WHY)).key().id();
    Instant now = clock.instant();
    for (int process = 0; process < 2; process++) {
      stores
          .documents()
          .of(SenderUse.DOCUMENTS)
          .put(
              "p" + process,
              new SenderUse(
                  now,
                  List.of(new SenderUse.Use("store-0412", id, now.minusSeconds(10 + process)))));
      stores
          .documents()
          .of(Refusals.DOCUMENTS)
          .put(
              "p" + process,
              new Refusals(
                  Refusals.of(now).since(),
                  List.of(new Refusals.Line("store-0412", RefusalReason.OVER_QUOTA, 3, now))));
    }
    SenderSummary summary = list.all().getFirst();
    assertThat(summary.lastUsed()).contains(now.minusSeconds(10));
    assertThat(summary.refusals()).isEqualTo(6);
  }
}
