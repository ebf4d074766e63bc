package io.tillpost.console.retention;

import io.micrometer.core.instrument.MeterRegistry;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.store.DailyData;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.ParkedRecord;
import io.tillpost.store.Refusals;
import io.tillpost.store.StoreUnavailableException;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is older than what is kept: whole UTC days of events, spans and messages, which costs
 * nothing that grows with them, and the few documents that ingest, recovery and triage leave one by
 * one. A day goes once all of it is too old. Any number of consoles may do it at the same time.
 */
final class Retention {
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
  private static final int AT_ONCE = 1_000;

  /** Mails that are neither to be sent nor on their way. */
  private static final DocumentQuery ENDED_MAILS =
      DocumentQuery.ALL.and(
          new Condition.AnyOf(
              "outcome",
              Set.of(Outcome.SENT.name(), Outcome.FAILED.name(), Outcome.NOT_SENT.name())));

  private final Stores stores;
  private final OldRecovery recovery;
  private final List<OldData> others;
  private final RetentionProperties properties;
  private final Clock clock;
  private final MeterRegistry meters;

  Retention(
      Stores stores,
      List<OldData> others,
      RetentionProperties properties,
      Clock clock,
      MeterRegistry meters) {
    this.stores = stores;
    this.recovery = new OldRecovery(stores);
    this.others = List.copyOf(others);
    this.properties = properties;
    this.clock = clock;
    this.meters = meters;
  }

  /** Does it once; what cannot be dropped now is dropped next time. */
  void run() {
    try {
      for (DailyData.Kind kind : DailyData.Kind.values()) {
        dropDays(kind);
      }
      remove(ParkedRecord.DOCUMENTS, DocumentQuery.ALL, "accepted_at", properties.parkedRecords());
      remove(Refusals.DOCUMENTS, DocumentQuery.ALL, "since", properties.refusals());
      remove(Notification.DOCUMENTS, ENDED_MAILS, "created_at", properties.notifications());
      recovery.drop(clock.instant().minus(properties.recovery()));
      for (OldData other : others) {
        other.drop(clock.instant().minus(properties.of(other.kept())));
      }
    } catch (StoreUnavailableException e) {
      LOG.info("Old data cannot be dropped for now: {}", e.getMessage());
    }
  }

  private void dropDays(DailyData.Kind kind) {
    LocalDate firstKept = day(clock.instant().minus(properties.of(kind)));
    for (LocalDate day : new TreeSet<>(stores.daily().days(kind))) {
      if (day.isBefore(firstKept)) {
        stores.daily().drop(kind, day);
        meters.counter("tillpost.retention.dropped.days", "kind", kind.word()).increment();
        LOG.info("Dropped {} of {}: kept for {}", kind.word(), day, properties.of(kind));
      }
    }
  }

  private <T> void remove(DocumentKind<T> kind, DocumentQuery which, String time, Duration kept) {
    Documents<T> documents = stores.documents().of(kind);
    Instant before = clock.instant().minus(kept);
    DocumentQuery old =
        which
            .and(new Condition.Between(time, null, before))
            .sorted(time, false)
            .page(AT_ONCE, null);
    // One part a time: searches see a removal a little later, and the next look takes the rest.
    List<Versioned<T>> found = documents.find(old).items();
    documents.removeAll(found.stream().map(Versioned::id).collect(Collectors.toSet()));
  }

  private static LocalDate day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
