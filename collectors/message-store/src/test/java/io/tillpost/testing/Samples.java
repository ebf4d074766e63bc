package io.tillpost.testing;

import io.tillpost.message.ImpactKind;
import io.tillpost.message.Objective;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Where a test's messages, failures and spans begin: sensible, complete, each one different. */
public final class Samples {
  /** When samples are captured unless they say otherwise: a Monday morning in UTC. */
  public static final Instant MORNING = Instant.parse("2026-11-23T10:15:00Z");

  private static final AtomicLong NUMBERS = new AtomicLong(4_711);

  private Samples() {}

  /** A sale of store 0412, register 03, 129.99 EUR, on its way from {@code pos} to {@code erp}. */
  public static MessageBuilder aSale() {
    return new MessageBuilder("sales-posting", "sale", NUMBERS.getAndIncrement());
  }

  /** A return of store 0412, register 03, 129.99 EUR. */
  public static MessageBuilder aReturn() {
    return new MessageBuilder("returns", "return", NUMBERS.getAndIncrement());
  }

  /** A stock movement without store, register, transaction number or money. */
  public static MessageBuilder aStockUpdate() {
    return new MessageBuilder("inventory-sync", "stock", NUMBERS.getAndIncrement())
        .store(null)
        .register(null)
        .transactionNumber(null)
        .noAmount()
        .noKeys()
        .key("sku", "A-100")
        .target("warehouse");
  }

  /** An unknown tax code, refused by the target. */
  public static FailureBuilder aFailure() {
    return new FailureBuilder();
  }

  /** A server span of {@code middleware}, 40 ms long, the root of a trace of its own. */
  public static SpanBuilder aSpan() {
    return new SpanBuilder(NUMBERS.getAndIncrement());
  }

  /** The workflows that samples belong to: due after 5, 30 and 10 minutes. */
  public static Workflows workflows() {
    return Workflows.of(
        List.of(
            workflow("sales-posting", "Sales posting", ImpactKind.UNSENT_TRANSACTIONS, 5),
            workflow("returns", "Returns", ImpactKind.RETURNS_AWAITING_CONFIRMATION, 30),
            workflow("inventory-sync", "Inventory", ImpactKind.INVENTORY_DELAYED, 10)));
  }

  private static Workflow workflow(String name, String title, ImpactKind impact, long minutes) {
    return new Workflow(name, title, impact, new Objective(Duration.ofMinutes(minutes), 99));
  }
}
