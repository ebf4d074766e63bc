package io.tillpost.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who may write to Elasticsearch changes the trail, and the chain tells where. */
class AuditChainIT {
  private static final AuditSubject SALE = new AuditSubject(AuditSubject.Kind.MESSAGE, "sale-1");

  private final String prefix = EmbeddedElasticsearchNode.newPrefix();
  private final MutableClock clock = MutableClock.at(Samples.MORNING);
  private Stores stores;
  private DocumentStore documents;
  private AuditLog log;

  @BeforeEach
  void connect() {
    stores = EmbeddedElasticsearchNode.stores(prefix).clock(clock).build();
    documents = stores.documents();
    log = console();
  }

  @AfterEach
  void drop() {
    EmbeddedElasticsearchNode.drop(prefix);
  }

  @Test
  void whatWasWrittenIsIntact() {
    write(5);

    assertThat(verify()).isInstanceOf(AuditVerdict.Intact.class);
    assertThat(((AuditVerdict.Intact) verify()).records()).isEqualTo(10);
  }

  @Test
  void anEmptyTrailIsIntact() {
    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(0, AuditHead.BEFORE_THE_FIRST, 0, 0));
  }

  @Test
  void aChangedEntryIsNamed() {
    write(3);
    AuditEntry second = entries().get(1);
    put(
        new AuditEntry(
            second.id(),
            second.at(),
            "somebody-else",
            second.action(),
            second.subjectKind(),
            second.subjectId(),
            second.before(),
            second.after(),
            second.reason(),
            second.address(),
            second.link()));

    assertThat(verify()).isEqualTo(broken(3, second.id(), "it was changed after it was written."));
  }

  @Test
  void aChangedOutcomeIsNamed() {
    write(2);
    AuditEntry first = entries().getFirst();
    Documents<AuditResult> results = documents.of(AuditKinds.RESULTS);
    AuditResult result = results.get(first.id()).orElseThrow().value();
    results.put(
        first.id(),
        new AuditResult(
            result.entryId(), result.at(), AuditOutcome.REFUSED, result.detail(), result.link()));

    assertThat(verify()).isEqualTo(broken(2, first.id(), "it was changed after it was written."));
  }

  @Test
  void aChangeWithAFreshHashBreaksTheRecordAfterIt() {
    write(3);
    AuditEntry second = entries().get(1);
    AuditEntry forged =
        new AuditEntry(
            second.id(),
            second.at(),
            "somebody-else",
            second.action(),
            second.subjectKind(),
            second.subjectId(),
            null,
            null,
            null,
            null,
            null);
    put(forged.linked(forged.linkAfter(3, link(second).previous())));

    assertThat(verify())
        .isEqualTo(
            broken(
                4,
                second.id(),
                "it does not follow the record before it: one of the two is another one."));
  }

  @Test
  void aRemovedEntryIsNamed() {
    write(3);
    String second = entries().get(1).id();
    remove("audit-entries", second);

    // What stands in its place is its own outcome.
    assertThat(verify()).isEqualTo(broken(3, second, "it was removed; this is record 4."));
  }

  @Test
  void removedLastRecordsAreMissed() {
    write(3);
    AuditEntry last = entries().getLast();
    remove("audit-entries", last.id());
    remove("audit-results", last.id());

    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(6, lastHash(), 0, 2));
    assertThat(verify().words()).contains("The last 2 are kept by the end of the chain alone");

    write(1);
    assertThat(verify())
        .isEqualTo(broken(5, entries().getLast().id(), "it was removed; this is record 7."));
  }

  @Test
  void anInsertedEntryIsFoundWithAndWithoutAPlaceInTheChain() {
    write(2);
    AuditEntry forged =
        AuditEntry.of(AuditAct.of("nobody", AuditAction.RETRY, SALE), clock.instant(), null);
    documents.of(AuditKinds.ENTRIES).create(forged.id(), forged);

    assertThat(verify())
        .isEqualTo(
            broken(
                0, forged.id(), "an entry without a hash was inserted after the chain had begun."));

    put(forged.linked(link(entries().get(1))));
    assertThat(verify()).isInstanceOf(AuditVerdict.Broken.class);
    put(forged.linked(forged.linkAfter(5, link(entries().get(1)).hash())));
    assertThat(verify())
        .isEqualTo(broken(5, forged.id(), "it was inserted behind the end of the chain."));
  }

  @Test
  void entriesThatChangedPlacesAreFound() {
    write(3);
    AuditEntry first = entries().getFirst();
    AuditEntry last = entries().getLast();
    put(first.linked(link(last)));
    put(last.linked(link(first)));

    assertThat(verify()).isEqualTo(broken(1, last.id(), "it was changed after it was written."));
  }

  @Test
  void aChainWithoutItsEndIsBroken() {
    write(1);
    remove("audit-chain", AuditHead.ID);

    assertThat(verify())
        .isEqualTo(broken(1, entries().getFirst().id(), "the end of the chain was removed."));
  }

  @Test
  void recordsFromBeforeTheChainAreCountedAndNotProven() {
    AuditEntry old =
        AuditEntry.of(
            AuditAct.of("support", AuditAction.RETRY, SALE),
            clock.instant().minus(Duration.ofDays(1)),
            null);
    documents.of(AuditKinds.ENTRIES).create(old.id(), old);
    write(1);

    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(2, lastHash(), 1, 0));
    assertThat(verify().words()).contains("1 older record, not proven");

    remove("audit-entries", old.id());
    assertThat(verify())
        .isEqualTo(
            broken(
                0,
                "",
                "there was 1 record from before the chain when it began, and now there are 0."));
  }

  @Test
  void whatIsFromBeforeWordsWereKeptIsFoundByThemLaterAndIsAsItWas() {
    write(5);
    List<AuditEntry> before = entries();
    String hash = lastHash();
    for (AuditEntry entry : before) {
      forgetWords(entry.id());
    }
    assertThat(byWords()).isZero();
    assertThat(log.notFoundByWords()).isEqualTo(5);

    assertThat(log.keepWords(2)).isEqualTo(2);
    console().keepWords(1_000);

    assertThat(log.notFoundByWords()).isZero();
    assertThat(log.keepWords(1_000)).isZero();
    assertThat(byWords()).isEqualTo(5);
    assertThat(entries()).isEqualTo(before);
    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(10, hash, 0, 0));
  }

  private long byWords() {
    EmbeddedElasticsearchNode.refresh(prefix);
    return log.find(new AuditQuery(null, null, null, null, null, "code TAX there"), 10, null)
        .total();
  }

  /** As a console wrote it that knew of no words. */
  private void forgetWords(String id) {
    AuditEntry entry = documents.of(AuditKinds.ENTRIES).get(id).orElseThrow().value();
    documents
        .of(
            new DocumentKind<>(
                "audit-entries", AuditEntry.class, AuditKinds.ENTRIES.fields(), true))
        .put(id, entry);
  }

  @Test
  void severalConsolesWriteOneChain() throws Exception {
    List<AuditLog> consoles = List.of(console(), console(), console());
    write(1);
    try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> acts = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        AuditLog one = consoles.get(i % 3);
        acts.add(
            people.submit(
                () ->
                    one.noteOneOfMany(
                        AuditAct.of("support", AuditAction.RETRY, SALE), AuditOutcome.DONE, null)));
      }
      for (Future<?> act : acts) {
        act.get();
      }
    }
    EmbeddedElasticsearchNode.refresh(prefix);

    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(122, lastHash(), 0, 0));
  }

  @Test
  void recordsOfAConsoleThatDiedAfterItMovedTheEndAreWrittenByTheNext() {
    write(1);
    Documents<AuditHead> heads = documents.of(AuditKinds.HEAD);
    Versioned<AuditHead> head = heads.get(AuditHead.ID).orElseThrow();
    AuditEntry entry =
        AuditEntry.of(AuditAct.of("dying", AuditAction.RETRY, SALE), clock.instant(), null);
    heads.replace(head, head.value().after(List.of(entry), clock.instant()));
    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(3, lastHash(), 0, 1));

    write(1);

    assertThat(entries()).extracting(AuditEntry::actor).contains("dying");
    assertThat(verify()).isEqualTo(new AuditVerdict.Intact(5, lastHash(), 0, 0));
  }

  private AuditLog console() {
    return new AuditLog(documents, () -> Optional.of("192.0.2.7"), clock);
  }

  private void write(int count) {
    for (int i = 0; i < count; i++) {
      log.note(
          AuditAct.of("support", AuditAction.RETRY, SALE).because("Tax code is there"),
          AuditOutcome.DONE,
          "Operation " + i);
      clock.advance(Duration.ofNanos(1_234_567));
    }
  }

  /** A minute later, so that nobody waits for a search to catch up. */
  private AuditVerdict verify() {
    EmbeddedElasticsearchNode.refresh(prefix);
    Instant later = clock.instant().plus(Duration.ofMinutes(1));
    return new AuditCheck(documents, MutableClock.at(later)).run();
  }

  private static AuditVerdict broken(long sequence, String id, String reason) {
    return new AuditVerdict.Broken(sequence, id, reason);
  }

  private String lastHash() {
    return documents.of(AuditKinds.HEAD).get(AuditHead.ID).orElseThrow().value().hash();
  }

  private static ChainLink link(AuditRecord record) {
    return Stream.ofNullable(record.link()).findFirst().orElseThrow();
  }

  private void put(AuditEntry entry) {
    documents.of(AuditKinds.ENTRIES).put(entry.id(), entry);
  }

  private void remove(String kind, String id) {
    EmbeddedElasticsearchNode.send("DELETE", "/" + index(kind) + "/_doc/" + id, "");
    EmbeddedElasticsearchNode.refresh(prefix);
  }

  private String index(String kind) {
    return prefix + kind;
  }

  /** Those in the chain, in its order. */
  private List<AuditEntry> entries() {
    EmbeddedElasticsearchNode.refresh(prefix);
    return documents
        .of(AuditKinds.ENTRIES)
        .find(io.tillpost.store.DocumentQuery.ALL)
        .items()
        .stream()
        .map(Versioned::value)
        .filter(entry -> entry.link() != null)
        .sorted(Comparator.comparingLong(entry -> link(entry).sequence()))
        .toList();
  }
}
