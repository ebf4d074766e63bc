package io.tillpost.console.senders;

import io.tillpost.console.ingest.RefusalLog;
import io.tillpost.console.ingest.Refused;
import io.tillpost.console.security.Permission;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestSender;
import io.tillpost.store.Page;
import io.tillpost.store.SenderUse;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Reads senders with their last use and what was refused to them, and those that are configured.
 */
@Service
public class SenderList {
  private static final int PAGE = 1_000;

  /** A process that has not told its senders for so long does not run. */
  private static final int ROUNDS_MISSED = 5;

  private final Documents<IngestSender> senders;
  private final Documents<SenderUse> uses;
  private final Documents<ConfiguredSenders> configured;
  private final RefusalLog refusals;
  private final Clock clock;

  SenderList(Stores stores, RefusalLog refusals, Clock clock) {
    this.configured = stores.documents().of(ConfiguredSenders.DOCUMENTS);
    this.clock = clock;
    this.senders = stores.documents().of(IngestSender.DOCUMENTS);
    this.uses = stores.documents().of(SenderUse.DOCUMENTS);
    this.refusals = refusals;
  }

  /** All that were made in the console, by name. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public List<SenderSummary> all() {
    List<IngestSender> found = new ArrayList<>();
    DocumentQuery query = DocumentQuery.ALL.sorted("name", false);
    String after = null;
    do {
      Page<Versioned<IngestSender>> page = senders.find(query.page(PAGE, after));
      page.items().forEach(item -> found.add(item.value()));
      after = page.next();
    } while (after != null);
    return found.isEmpty() ? List.of() : summaries(found);
  }

  /**
   * All that stand in the configuration of an ingest process that runs, by name; a sender that is
   * configured in different ways is there more than once.
   */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public List<ConfiguredSenders.One> configured() {
    DocumentQuery told =
        DocumentQuery.ALL.and(
            new DocumentQuery.Condition.Between(
                "updated_at",
                clock.instant().minus(ConfiguredSenders.EVERY.multipliedBy(ROUNDS_MISSED)),
                null));
    return configured.find(told).items().stream()
        .flatMap(found -> found.value().senders().stream())
        .distinct()
        .sorted(Comparator.comparing(ConfiguredSenders.One::name))
        .toList();
  }

  /** One of them; empty where there is none of that name. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public Optional<SenderSummary> find(String name) {
    return senders.get(name).map(found -> summaries(List.of(found.value())).getFirst());
  }

  private List<SenderSummary> summaries(List<IngestSender> found) {
    Map<String, Map<String, Instant>> lastUse = lastUse();
    Map<String, List<Refused>> refused =
        refusals.lastDay().stream().collect(Collectors.groupingBy(Refused::sender));
    return found.stream()
        .map(
            sender ->
                new SenderSummary(
                    sender,
                    lastUse.getOrDefault(sender.name(), Map.of()),
                    refused.getOrDefault(sender.name(), List.of())))
        .toList();
  }

  /** The latest of all ingest processes, by sender and key. */
  private Map<String, Map<String, Instant>> lastUse() {
    Map<String, Map<String, Instant>> latest = new HashMap<>();
    uses.find(DocumentQuery.ALL.sorted("updated_at", true)).items().stream()
        .flatMap(found -> found.value().uses().stream())
        .forEach(
            use ->
                latest
                    .computeIfAbsent(use.sender(), _ -> new HashMap<>())
                    .merge(use.keyId(), use.lastAt(), (a, b) -> a.isAfter(b) ? a : b));
    return latest;
  }
}
