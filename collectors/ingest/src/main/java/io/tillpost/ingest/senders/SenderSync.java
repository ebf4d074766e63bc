package io.tillpost.ingest.senders;

import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.ApiKeys;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestSender;
import io.tillpost.store.Page;
import io.tillpost.store.Refusals;
import io.tillpost.store.SenderUse;
import io.tillpost.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every two seconds takes the senders that were made in the console into use, and tells when they
 * came and what was refused to them, and which others stand in the configuration. While the store
 * is away the last known senders stay; a copy beside the ingest log lets them in after a restart
 * too.
 */
public final class SenderSync implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SenderSync.class);
  private static final long EVERY_SECONDS = 2;
  private static final int PAGE = 1_000;

  private final DocumentStore documents;
  private final String processId;
  private final List<ConfiguredSenders.One> configured;
  private final ApiKeys keys;
  private final SenderActivity activity;
  private final SenderCopy copy;
  private final Clock clock;
  private final CountDownLatch firstRound = new CountDownLatch(1);
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingest-senders").daemon().factory());

  private @Nullable List<IngestSender> known;
  private boolean wentOn;
  private Instant toldConfigured = Instant.MIN;
  private List<SenderUse.Use> writtenUses = List.of();
  private final Map<String, Refusals> writtenRefusals = new HashMap<>();

  /**
   * For one ingest process.
   *
   * @param processId names it, the same after a restart
   * @param configured the senders that stand in its configuration, to be told to the console
   */
  public SenderSync(
      DocumentStore documents,
      String processId,
      List<ConfiguredSenders.One> configured,
      ApiKeys keys,
      SenderActivity activity,
      SenderCopy copy,
      Clock clock) {
    this.documents = documents;
    this.processId = processId;
    this.configured = List.copyOf(configured);
    this.keys = keys;
    this.activity = activity;
    this.copy = copy;
    this.clock = clock;
  }

  /**
   * Begins. Returns once the senders are known, or after two seconds: until then a key that may be
   * one of theirs is told to come back, not that it is wrong.
   */
  public void start() {
    copy.read()
        .ifPresent(
            senders -> {
              keys.manage(senders);
              known = senders;
            });
    var _ = schedule.scheduleWithFixedDelay(this::round, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    try {
      var _ = firstRound.await(EVERY_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    try {
      readSenders();
      goOn();
      writeUses();
      writeRefusals();
      tellConfigured();
    } catch (StoreUnavailableException e) {
      LOG.debug("Senders cannot be read for now", e);
    } catch (RuntimeException | OutOfMemoryError e) {
      // Thrown out of here it would silently end the schedule.
      LOG.error("Senders made in the console cannot be taken into use", e);
    } finally {
      firstRound.countDown();
    }
  }

  private void readSenders() {
    List<IngestSender> senders = new ArrayList<>();
    DocumentQuery query = DocumentQuery.ALL.sorted("name", false);
    String after = null;
    do {
      Page<Versioned<IngestSender>> page =
          documents.of(IngestSender.DOCUMENTS).find(query.page(PAGE, after));
      page.items().forEach(item -> senders.add(item.value()));
      after = page.next();
    } while (after != null);
    if (!senders.equals(known)) {
      keys.manage(senders);
      known = List.copyOf(senders);
      copy.write(senders);
    }
  }

  private void goOn() {
    if (wentOn) {
      return;
    }
    documents
        .of(SenderUse.DOCUMENTS)
        .get(processId)
        .ifPresent(before -> activity.goOn(before.value()));
    // What was refused since the start has a time of its own, or goes on with that of before.
    Refusals now = Refusals.of(clock.instant());
    documents
        .of(Refusals.DOCUMENTS)
        .get(id(now))
        .ifPresent(before -> activity.goOn(before.value()));
    wentOn = true;
  }

  private void writeUses() {
    List<SenderUse.Use> uses = activity.uses();
    if (!uses.equals(writtenUses)) {
      documents.of(SenderUse.DOCUMENTS).put(processId, new SenderUse(clock.instant(), uses));
      writtenUses = uses;
    }
  }

  private void writeRefusals() {
    for (Refusals refusals : activity.refusals()) {
      String id = id(refusals);
      if (!refusals.equals(writtenRefusals.get(id))) {
        documents.of(Refusals.DOCUMENTS).put(id, refusals);
        writtenRefusals.put(id, refusals);
      }
      if (activity.written(refusals)) {
        writtenRefusals.remove(id);
      }
    }
  }

  private void tellConfigured() {
    Instant now = clock.instant();
    if (now.isBefore(toldConfigured.plus(ConfiguredSenders.EVERY))) {
      return;
    }
    documents
        .of(ConfiguredSenders.DOCUMENTS)
        .put(processId, new ConfiguredSenders(now, configured));
    toldConfigured = now;
  }

  private String id(Refusals refusals) {
    return processId + "." + refusals.since().getEpochSecond();
  }

  /** Tells once more, and ends. */
  @Override
  public void close() {
    schedule.shutdown();
    try {
      if (schedule.awaitTermination(EVERY_SECONDS, TimeUnit.SECONDS)) {
        round();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
