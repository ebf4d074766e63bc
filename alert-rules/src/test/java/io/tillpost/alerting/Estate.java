package io.tillpost.alerting;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertPhase;
import io.tillpost.alerting.evaluate.AlertStates;
import io.tillpost.alerting.evaluate.ApiLimits;
import io.tillpost.alerting.evaluate.Evaluations;
import io.tillpost.alerting.evaluate.Evaluator;
import io.tillpost.alerting.rule.RuleSource;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** A small estate to alert on: two regions, a storage and a clock. */
public final class Estate {
  public final MutableClock clock = MutableClock.at(Samples.MORNING.plus(Duration.ofHours(1)));
  public final InMemoryStores stores = new InMemoryStores();
  private final List<MessageBuilder> stuck = new ArrayList<>();
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final StoreDirectory directory =
      StoreDirectory.of(
          List.of(
              store("0412", "Altona", "Germany North"),
              store("0413", "Bergedorf", "Germany North"),
              store("0501", "Leeds <Central>", "Britain")));

  private static Store store(String id, String name, String region) {
    ZoneId zone = ZoneId.of(region.equals("Britain") ? "Europe/London" : "Europe/Berlin");
    return new Store(id, name, region, zone, "EUR", LocalTime.of(8, 0), LocalTime.of(20, 0), 4);
  }

  /** A process that evaluates the rules of this file; a new one each time, as after a restart. */
  public Evaluator evaluator(String yaml) {
    return evaluator(yaml, new Evaluations());
  }

  public Evaluator evaluator(String yaml, Evaluations evaluations) {
    AlertRules rules = AlertRules.of(List.of(new RuleSource("rules.yml", yaml)), List.of());
    if (!rules.problems().isEmpty()) {
      throw new IllegalArgumentException(rules.problems().toString());
    }
    ApiLimits limits = api -> api.equals("loyalty") ? OptionalLong.of(100) : OptionalLong.empty();
    return new Evaluator(
        rules.rules(),
        true,
        stores,
        directory,
        Samples.workflows(),
        limits,
        evaluations,
        clock,
        meters);
  }

  public AlertStates states() {
    return new AlertStates(stores.documents());
  }

  /** The only alert there is. */
  public Alert alert() {
    List<Alert> all =
        states().in(AlertPhase.values()).stream().map(versioned -> versioned.value()).toList();
    if (all.size() != 1) {
      throw new AssertionError("Not one alert but " + all.size());
    }
    return all.getFirst();
  }

  public Alerts alerts() {
    return new Alerts(states(), new Evaluations(), AlertAudit.NONE, clock);
  }

  /** A sale of that store that fails at that moment. */
  public MessageBuilder stuckSale(String store, Instant capturedAt) {
    MessageBuilder sale = Samples.aSale().store(store).capturedAt(capturedAt);
    write(sale.throughStage(Stage.FAILED));
    stuck.add(sale);
    return sale;
  }

  /** The target has the sale after all. */
  public void confirm(MessageBuilder sale) {
    write(List.of(sale.event(Stage.CONFIRMED, clock.instant())));
  }

  /** The target has all sales after all. */
  public void confirmAll() {
    stuck.forEach(this::confirm);
    stuck.clear();
  }

  public void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(new ArrayList<>(events), List.of()));
  }
}
