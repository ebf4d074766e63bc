package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a second person is needed. */
class FourEyesTest {
  @Test
  void moneyInACurrencyWithoutABoundNeedsASecondPersonWhereOthersHaveOne() {
    FourEyes bounded = new FourEyes(new FourEyesProperties(100, Map.of("EUR", 500L), true, true));
    FourEyes free = new FourEyes(new FourEyesProperties(100, Map.of(), true, true));
    MoneySum francs = MoneySum.of(new Money(1, "CHF"));

    assertThat(needed(bounded, francs)).contains("There is no bound for CHF");
    assertThat(needed(bounded, MoneySum.of(new Money(0, "CHF")))).isEmpty();
    assertThat(needed(bounded, MoneySum.of(new Money(500, "EUR")))).isEmpty();
    assertThat(needed(bounded, MoneySum.of(new Money(501, "EUR")))).contains("More than 5.00 EUR");
    assertThat(needed(free, francs)).isEmpty();
  }

  private static Optional<String> needed(FourEyes fourEyes, MoneySum money) {
    return fourEyes.needed(
        RecoveryAction.RETRY, OperationSummary.of(1, 1, 0, 1, money, Map.of(), Map.of(), "hash"));
  }
}
