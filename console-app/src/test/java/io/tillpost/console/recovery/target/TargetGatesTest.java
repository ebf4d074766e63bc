package io.tillpost.console.recovery.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.store.memory.InMemoryStores;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Which target is treated by which entry of the configuration. */
class TargetGatesTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:15:00Z");

  private final Map<String, String> keys = new HashMap<>();

  @Test
  void whatIsNotNamedIsTreatedAsUsual() {
    target("erp.rate", "7");

    assertThat(gates().named()).containsExactly("erp");
    assertThat(rate("erp")).isEqualTo(7);
    assertThat(rate("till")).isEqualTo(20);
    assertThat(rate("default")).isEqualTo(20);
  }

  @Test
  void theEntryDefaultIsForAllThatAreNotNamed() {
    target("erp.rate", "7");
    target("default.rate", "3");

    assertThat(gates().named()).containsExactly("erp");
    assertThat(rate("erp")).isEqualTo(7);
    assertThat(rate("till")).isEqualTo(3);
    assertThat(rate("default")).isEqualTo(3);
  }

  @Test
  void aTargetOfThatNameIsOneLikeAnyOtherWhereTheOthersHaveAKeyOfTheirOwn() {
    target("default.rate", "3");
    target("default.freezes[0].reason", "Stocktaking");
    target("default.freezes[0].from", "2026-11-29T10:00");
    target("default.freezes[0].to", "2026-11-29T11:00");
    keys.put("tillpost.recovery.other-targets.rate", "5");

    assertThat(gates().named()).containsExactly("default");
    assertThat(rate("default")).isEqualTo(3);
    assertThat(rate("till")).isEqualTo(5);
    assertThat(gates().of("till").concurrency()).isEqualTo(4);
    assertThat(gates().heldUp("default", NOW)).isPresent();
    assertThat(gates().heldUp("till", NOW)).isEmpty();
  }

  @Test
  void aNameMayHaveAnyCharactersWithinBrackets() {
    target("[erp/stock].rate", "7");
    target("[ä ö?].rate", "8");

    assertThat(gates().named()).containsExactlyInAnyOrder("erp/stock", "ä ö?");
    assertThat(rate("erp/stock")).isEqualTo(7);
    assertThat(rate("ä ö?")).isEqualTo(8);
  }

  private void target(String key, String value) {
    keys.put("tillpost.recovery.targets." + key, value);
  }

  private double rate(String target) {
    return gates().of(target).rate();
  }

  private TargetGates gates() {
    return new TargetGates(
        new Binder(new MapConfigurationPropertySource(keys))
            .bind("tillpost.recovery", RecoveryProperties.class)
            .get(),
        ZoneOffset.UTC,
        new TargetFreezes(
            new RecoveryRecords(new InMemoryStores().documents()),
            Clock.fixed(NOW, ZoneOffset.UTC)));
  }
}
