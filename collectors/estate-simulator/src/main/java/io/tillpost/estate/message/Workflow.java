package io.tillpost.estate.message;

import static io.tillpost.estate.message.Stage.CAPTURED;
import static io.tillpost.estate.message.Stage.CONFIRMED;
import static io.tillpost.estate.message.Stage.QUEUED;
import static io.tillpost.estate.message.Stage.RECEIVED;
import static io.tillpost.estate.message.Stage.SUBMITTED;
import static io.tillpost.estate.message.Stage.TRANSFORMED;
import static io.tillpost.estate.message.Stage.VALIDATED;

import java.util.List;

/** A business process across systems, with the stages its messages pass. */
public enum Workflow {
  SALES_POSTING(0, "sales-posting", "sale", "pos", "erp", "sales/2", "/sales"),
  RETURNS(1, "returns", "return", "pos", "erp", "returns/2", "/returns"),
  LOYALTY(2, "loyalty", "loyalty", "pos", "loyalty-saas", "loyalty/1", "/points"),
  INVENTORY_SYNC(3, "inventory-sync", "stock", "pos", "wms", "stock/3", "/stock-movements"),
  PRICE_DISTRIBUTION(4, "price-distribution", "price", "erp", "pos", "prices/1", "/prices"),
  PROMOTION_DISTRIBUTION(
      5, "promotion-distribution", "promo", "erp", "pos", "promotions/1", "/promotions"),
  END_OF_DAY(6, "end-of-day", "eod", "pos", "erp", "end-of-day/1", "/store-days");

  private static final List<Stage> ALL_STAGES =
      List.of(CAPTURED, RECEIVED, VALIDATED, TRANSFORMED, QUEUED, SUBMITTED, CONFIRMED);
  private static final List<Stage> WITHOUT_MAPPING =
      List.of(CAPTURED, RECEIVED, VALIDATED, QUEUED, SUBMITTED, CONFIRMED);
  private static final List<Stage> WITHOUT_VALIDATION =
      List.of(CAPTURED, RECEIVED, TRANSFORMED, QUEUED, SUBMITTED, CONFIRMED);

  private final int code;
  private final String id;
  private final String prefix;
  private final String source;
  private final String target;
  private final String schemaVersion;
  private final String path;

  Workflow(
      int code,
      String id,
      String prefix,
      String source,
      String target,
      String schemaVersion,
      String path) {
    this.code = code;
    this.id = id;
    this.prefix = prefix;
    this.source = source;
    this.target = target;
    this.schemaVersion = schemaVersion;
    this.path = path;
  }

  /** A number that stays the same whatever is added here: ids are derived from it. */
  public int code() {
    return code;
  }

  /** The name on the wire, such as {@code sales-posting}. */
  public String id() {
    return id;
  }

  /** What its message ids begin with. */
  public String prefix() {
    return prefix;
  }

  /** The system its messages come from. */
  public String source() {
    return source;
  }

  /** The system its messages go to. */
  public String target() {
    return target;
  }

  /** Name and version of the payload's schema. */
  public String schemaVersion() {
    return schemaVersion;
  }

  /** The path its API calls carry. */
  public String path() {
    return path;
  }

  /** Whether numbers run per register (else per store). */
  public boolean perRegister() {
    return switch (this) {
      case SALES_POSTING, RETURNS, LOYALTY -> true;
      default -> false;
    };
  }

  /** The stages of an attempt that succeeds, in order. */
  public List<Stage> stages() {
    return switch (this) {
      case LOYALTY -> WITHOUT_MAPPING;
      case PRICE_DISTRIBUTION, PROMOTION_DISTRIBUTION -> WITHOUT_VALIDATION;
      default -> ALL_STAGES;
    };
  }

  /** Whether its messages are posted by the ERP. */
  public boolean postsToErp() {
    return target.equals("erp");
  }
}
