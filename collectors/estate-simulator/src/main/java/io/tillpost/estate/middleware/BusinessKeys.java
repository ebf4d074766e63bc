package io.tillpost.estate.middleware;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.pos.Basket;
import io.tillpost.estate.pos.Payloads;
import io.tillpost.estate.pos.StockMovement;
import java.util.Map;

/** What a person would look for to find a message. */
final class BusinessKeys {
  private final long seed;
  private final Payloads payloads;

  BusinessKeys(long seed, Payloads payloads) {
    this.seed = seed;
    this.payloads = payloads;
  }

  Map<String, String> of(Message message) {
    return switch (message.workflow()) {
      case SALES_POSTING, RETURNS ->
          Map.of(
              "receipt",
              message.key().receipt(),
              "sku",
              Basket.of(message.key(), message.store(), seed).lines().getFirst().sku());
      case LOYALTY ->
          Map.of("receipt", message.key().receipt(), "member", payloads.member(message));
      case INVENTORY_SYNC -> {
        StockMovement movement = StockMovement.of(message.key(), message.store().id(), seed);
        yield Map.of("sku", movement.sku(), "location", movement.location());
      }
      case PROMOTION_DISTRIBUTION -> Map.of("promotion", payloads.promotion(message));
      case PRICE_DISTRIBUTION ->
          Map.of("prices", message.store().id() + "-" + message.key().number());
      case END_OF_DAY ->
          Map.of("storeDay", message.store().id() + "-" + message.key().businessDate());
    };
  }
}
