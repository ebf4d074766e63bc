package io.tillpost.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.store.Page;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class TextTest {
  @Test
  void moneyHasTheDecimalsOfItsCurrency() {
    assertThat(MoneyText.of(new Money(153210, "EUR"))).isEqualTo("1,532.10 EUR");
    assertThat(MoneyText.of(new Money(1500, "JPY"))).isEqualTo("1,500 JPY");
    assertThat(MoneyText.of(new Money(-5, "GBP"))).isEqualTo("-0.05 GBP");
    assertThat(MoneyText.of(new Money(100, "QQQ"))).isEqualTo("1.00 QQQ");
  }

  @Test
  void sumsStandSideBySideOrderedByCurrency() {
    MoneySum sum = MoneySum.of(new Money(200, "GBP")).plus(MoneySum.of(new Money(100, "EUR")));

    assertThat(MoneyText.of(sum)).isEqualTo("1.00 EUR · 2.00 GBP");
    assertThat(MoneyText.of(MoneySum.NONE)).isEqualTo("–");
  }

  @Test
  void aSumInLinesSaysHowManyCurrenciesItLeavesOut() {
    MoneySum sum =
        MoneySum.of(new Money(200, "GBP"))
            .plus(MoneySum.of(new Money(100, "EUR")))
            .plus(MoneySum.of(new Money(300, "PLN")));

    assertThat(MoneyText.lines(sum, 3)).containsExactly("1.00 EUR", "2.00 GBP", "3.00 PLN");
    assertThat(MoneyText.lines(sum, 2)).containsExactly("1.00 EUR", "+ 2 more currencies");
    assertThat(MoneyText.lines(MoneySum.NONE, 2)).isEmpty();
  }

  @Test
  void oneIsNotMany() {
    assertThat(CountText.of(0, "message")).isEqualTo("0 messages");
    assertThat(CountText.of(1, "message")).isEqualTo("1 message");
    assertThat(CountText.of(1243, "message")).isEqualTo("1,243 messages");
    assertThat(CountText.of(1, "entry", "entries")).isEqualTo("1 entry");
    assertThat(CountText.of(2, "entry", "entries")).isEqualTo("2 entries");
  }

  @Test
  void aPartOfAListSaysOfHowMany() {
    assertThat(PartText.newest(page(200, 200), "mails")).isEmpty();
    assertThat(PartText.newest(page(0, 0), "mails")).isEmpty();
    assertThat(PartText.newest(page(200, 1243), "mails"))
        .isEqualTo("The newest 200 of 1,243 mails");
    assertThat(PartText.newest(page(200, 10_000), "mails"))
        .isEqualTo("The newest 200 of 10,000 or more mails");
    assertThat(PartText.newest(200, false, "traces")).isEmpty();
    assertThat(PartText.newest(200, true, "traces"))
        .isEqualTo("The newest 200 traces; there are more");
  }

  private static Page<Integer> page(int shown, long total) {
    return new Page<>(Collections.nCopies(shown, 1), total, null);
  }

  @Test
  void agesReadInAtMostTwoUnits() {
    assertThat(AgeText.of(Duration.ofSeconds(-3))).isEqualTo("0 s");
    assertThat(AgeText.of(Duration.ofSeconds(59))).isEqualTo("59 s");
    assertThat(AgeText.of(Duration.ofMinutes(34))).isEqualTo("34 min");
    assertThat(AgeText.of(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
    assertThat(AgeText.of(Duration.ofHours(76))).isEqualTo("3 d 4 h");
  }

  @Test
  void momentsSayTheirZone() {
    Instant moment = Instant.parse("2026-11-24T06:15:04Z");

    assertThat(MomentText.full(moment, ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-11-24 07:15:04 CET");
    assertThat(MomentText.time(moment, ZoneId.of("UTC"))).isEqualTo("06:15:04 UTC");
  }
}
