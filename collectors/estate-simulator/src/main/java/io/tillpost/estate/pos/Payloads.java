package io.tillpost.estate.pos;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.plan.Dice;
import io.tillpost.estate.plan.Region;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The documents as their sources write them; the same for the same message. */
public final class Payloads {
  private static final JsonFactory JSON = new JsonFactory();

  private final long seed;

  /** Payloads of one estate. */
  public Payloads(long seed) {
    this.seed = seed;
  }

  /** The JSON Schema (2020-12) of the documents of sales. */
  public static String schemaOfSales() {
    try (InputStream schema = Payloads.class.getResourceAsStream("sales-posting.schema.json")) {
      return new String(
          Objects.requireNonNull(schema, "It is in the same jar").readAllBytes(),
          StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JSON document of a message. */
  public String of(Message message) {
    StringWriter text = new StringWriter(1_024);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("documentId", message.id());
      json.writeStringProperty("schema", message.workflow().schemaVersion());
      json.writeStringProperty("store", message.store().id());
      json.writeStringProperty("businessDate", message.key().businessDate().toString());
      switch (message.workflow()) {
        case SALES_POSTING -> receipt(message, json, false);
        case RETURNS -> receipt(message, json, true);
        case LOYALTY -> points(message, json);
        case INVENTORY_SYNC -> stock(message, json);
        case PRICE_DISTRIBUTION -> prices(message, json);
        case PROMOTION_DISTRIBUTION -> promotion(message, json);
        case END_OF_DAY -> endOfDay(message, json);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private void receipt(Message message, JsonGenerator json, boolean back) {
    Basket basket = Basket.of(message.key(), message.store(), seed);
    Dice dice = message.key().dice(seed, "receipt");
    String software = Tills.software(seed, message.key());
    json.writeNumberProperty("register", message.key().register());
    json.writeNumberProperty("transactionNumber", message.key().number());
    json.writeStringProperty("receipt", message.key().receipt());
    json.writeStringProperty("at", Instant.ofEpochMilli(message.capturedAt()).toString());
    json.writeStringProperty("cashier", "E" + dice.between(1_000, 1_999));
    json.writeStringProperty("registerSoftware", software);
    json.writeStringProperty("currency", message.store().region().currency());
    json.writeArrayPropertyStart("lines");
    int number = 0;
    for (Basket.Line line : basket.lines()) {
      json.writeStartObject();
      json.writeNumberProperty("line", ++number);
      json.writeStringProperty("sku", line.sku());
      json.writeStringProperty("text", line.text());
      json.writeNumberProperty("quantity", back ? -line.quantity() : line.quantity());
      json.writeNumberProperty("unitPriceMinor", line.unitPrice());
      json.writeNumberProperty("totalMinor", back ? -line.total() : line.total());
      json.writeStringProperty("taxCode", line.taxCode());
      json.writeNumberProperty("taxRate", line.taxRate());
      if (back && software.startsWith("5.2")) {
        json.writeStringProperty("refundReasonCode", "R" + dice.between(10, 49));
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    tender(basket, json, dice, back);
  }

  private static void tender(Basket basket, JsonGenerator json, Dice dice, boolean back) {
    json.writeArrayPropertyStart("tenders");
    json.writeStartObject();
    json.writeStringProperty("type", basket.cash() ? "CASH" : "CARD");
    if (!basket.cash()) {
      json.writeStringProperty("scheme", dice.chance(.5) ? "DEBIT" : "CREDIT");
      json.writeStringProperty("token", "tok_" + dice.hex(8) + "t" + dice.hex(7));
    }
    json.writeNumberProperty("amountMinor", back ? -basket.total() : basket.total());
    json.writeEndObject();
    json.writeEndArray();
    json.writeNumberProperty("totalMinor", back ? -basket.total() : basket.total());
  }

  private void points(Message message, JsonGenerator json) {
    json.writeStringProperty("receipt", message.key().receipt());
    json.writeStringProperty("member", member(message));
    json.writeNumberProperty("points", message.key().dice(seed, "points").between(1, 180));
  }

  /** The loyalty member a message speaks of. */
  public String member(Message message) {
    return "M" + message.key().dice(seed, "who").between(100_000, 999_999);
  }

  private void stock(Message message, JsonGenerator json) {
    StockMovement movement = StockMovement.of(message.key(), message.store().id(), seed);
    json.writeStringProperty("sku", movement.sku());
    json.writeStringProperty("location", movement.location());
    json.writeStringProperty("reason", movement.change() < 0 ? "SALE" : "GOODS_RECEIPT");
    json.writeNumberProperty("change", movement.change());
    json.writeNumberProperty("onHand", movement.onHand());
  }

  private void prices(Message message, JsonGenerator json) {
    Dice dice = message.key().dice(seed, "prices");
    Region region = message.store().region();
    json.writeStringProperty("currency", region.currency());
    json.writeArrayPropertyStart("prices");
    for (int i = dice.between(2, 8); i > 0; i--) {
      Catalogue.Item item = Catalogue.item(dice.below(Catalogue.SIZE));
      json.writeStartObject();
      json.writeStringProperty("sku", item.sku());
      json.writeNumberProperty(
          "unitPriceMinor", Catalogue.price(item, region) * dice.between(88, 112) / 100);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void promotion(Message message, JsonGenerator json) {
    Dice dice = message.key().dice(seed, "promotion");
    json.writeStringProperty("promotion", promotion(message));
    json.writeNumberProperty("percentOff", dice.between(1, 6) * 5);
    json.writeNumberProperty("days", dice.between(3, 14));
  }

  /** The promotion a message speaks of. */
  public String promotion(Message message) {
    return String.format(
        Locale.ROOT,
        "P%tY-%03d",
        message.key().businessDate(),
        message.key().dice(seed, "which").below(80));
  }

  private void endOfDay(Message message, JsonGenerator json) {
    Dice dice = message.key().dice(seed, "end-of-day");
    json.writeNumberProperty("registers", message.store().registers());
    json.writeStringProperty("currency", message.store().region().currency());
    json.writeNumberProperty("cashDifferenceMinor", dice.chance(.9) ? 0 : dice.between(-900, 900));
  }
}
