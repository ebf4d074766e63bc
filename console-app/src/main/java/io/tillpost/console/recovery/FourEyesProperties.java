package io.tillpost.console.recovery;

import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.recovery.four-eyes}: when a second person has to approve.
 *
 * @param messages more messages than this
 * @param money more money than this in a currency, in its minor units, by ISO 4217 code, and any
 *     money in a currency that is not named; no bound at all if empty
 * @param edit whether every corrected payload needs it
 * @param replay whether every replay needs it
 */
public record FourEyesProperties(
    @DefaultValue("1000") int messages,
    @DefaultValue Map<String, Long> money,
    @DefaultValue("true") boolean edit,
    @DefaultValue("true") boolean replay) {
  public FourEyesProperties {
    money = Map.copyOf(money);
    if (messages < 0 || money.values().stream().anyMatch(minor -> minor < 0)) {
      throw new IllegalArgumentException("tillpost.recovery.four-eyes: bounds are not negative");
    }
  }
}
