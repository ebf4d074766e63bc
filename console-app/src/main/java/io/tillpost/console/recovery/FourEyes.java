package io.tillpost.console.recovery;

import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.message.Money;
import io.tillpost.message.MoneySum;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import java.util.Optional;

/** Whether a second person has to approve an operation. */
public final class FourEyes {
  private final FourEyesProperties bounds;

  public FourEyes(FourEyesProperties bounds) {
    this.bounds = bounds;
  }

  /** Why, in words; empty if nobody has to. */
  public Optional<String> needed(RecoveryAction action, OperationSummary summary) {
    if (action == RecoveryAction.EDIT_AND_RETRY && bounds.edit()) {
      return Optional.of("A corrected payload");
    }
    if (action == RecoveryAction.REPLAY && bounds.replay()) {
      return Optional.of("A replay");
    }
    if (summary.toSend() > bounds.messages()) {
      return Optional.of("More than " + CountText.of(bounds.messages(), "message"));
    }
    return summary.money().amounts().stream().flatMap(m -> above(m).stream()).findFirst();
  }

  private Optional<String> above(Money money) {
    if (bounds.money().isEmpty()) {
      return Optional.empty();
    }
    Long bound = bounds.money().get(money.currency());
    if (bound == null) {
      // Who bounds money means all of it, also the currency that nobody thought of.
      return money.minor() == 0
          ? Optional.empty()
          : Optional.of("There is no bound for " + money.currency());
    }
    return money.minor() > bound
        ? Optional.of("More than " + MoneyText.of(MoneySum.of(new Money(bound, money.currency()))))
        : Optional.empty();
  }
}
