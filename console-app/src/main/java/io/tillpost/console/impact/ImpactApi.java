package io.tillpost.console.impact;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.live.IngestDelay;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.message.Money;
import io.tillpost.store.ImpactQueries.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The business impact over HTTP. */
@RestController
@Tag(name = "Impact")
class ImpactApi {
  private final ImpactService impact;
  private final IngestDelay ingestDelay;
  private final CurrentOperator operator;

  ImpactApi(ImpactService impact, IngestDelay ingestDelay, CurrentOperator operator) {
    this.impact = impact;
    this.ingestDelay = ingestDelay;
    this.operator = operator;
  }

  @GetMapping("/api/v1/impact")
  @Operation(summary = "What stuck messages mean for the business now: tiles, stores, changes")
  ImpactJson impact() {
    return ImpactJson.of(
        impact.report(operator.get().id()),
        ingestDelay.now().map(Duration::toSeconds).orElse(null));
  }

  /**
   * The impact.
   *
   * @param ingestDelaySeconds how far ingest is behind; absent where not known
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ImpactJson(
      Instant asOf,
      @Nullable Long ingestDelaySeconds,
      List<TileJson> tiles,
      List<StoreJson> stores,
      List<Change> changes) {
    static ImpactJson of(ImpactReport report, @Nullable Long ingestDelaySeconds) {
      return new ImpactJson(
          report.asOf(),
          ingestDelaySeconds,
          report.tiles().stream().map(TileJson::of).toList(),
          report.stores().stream()
              .filter(store -> store.messages() > 0)
              .map(StoreJson::of)
              .toList(),
          report.changes());
    }
  }

  /** One kind of impact; see {@link Tile}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TileJson(
      String id,
      String title,
      long count,
      long messages,
      List<Money> money,
      @Nullable Instant oldestAt,
      ImpactLevel level,
      String detail,
      List<Point> trend,
      String href,
      List<Tile.Part> parts) {
    static TileJson of(Tile tile) {
      return new TileJson(
          tile.id(),
          tile.title(),
          tile.count(),
          tile.messages(),
          tile.money().amounts(),
          tile.oldestAt(),
          tile.level(),
          tile.detail(),
          tile.trend(),
          tile.href(),
          tile.parts());
    }
  }

  /** A store where something is stuck; see {@link StoreImpact}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StoreJson(
      String storeId,
      String name,
      String region,
      ImpactLevel level,
      long messages,
      long atStore,
      long failed,
      List<Money> money,
      @Nullable Instant oldestAt,
      Map<String, Long> byWorkflow) {
    static StoreJson of(StoreImpact store) {
      return new StoreJson(
          store.storeId(),
          store.name(),
          store.region(),
          store.level(),
          store.messages(),
          store.atStore(),
          store.failed(),
          store.money().amounts(),
          store.oldestAt(),
          store.byWorkflow());
    }
  }
}
