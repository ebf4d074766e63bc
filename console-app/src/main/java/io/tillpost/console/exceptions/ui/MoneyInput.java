package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.BigDecimalField;
import io.tillpost.console.text.MoneyText;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.message.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An amount and its currency. */
final class MoneyInput extends Div {
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000L);

  private final BigDecimalField amount = new BigDecimalField();
  private final Select<String> currency = new Select<>();

  /**
   * @param currencies to choose from, the first is chosen; without any there is nothing to enter
   */
  MoneyInput(String label, List<String> currencies, @Nullable Money before) {
    List<String> offered = new ArrayList<>(currencies);
    if (before != null && !offered.contains(before.currency())) {
      offered.add(before.currency());
    }
    amount.setLabel(label);
    amount.setClearButtonVisible(true);
    currency.setLabel("Currency");
    currency.setItems(offered);
    if (before != null) {
      currency.setValue(before.currency());
      amount.setValue(BigDecimal.valueOf(before.minor(), MoneyText.decimals(before.currency())));
    } else if (!offered.isEmpty()) {
      currency.setValue(offered.getFirst());
    }
    amount.setEnabled(!offered.isEmpty());
    currency.setEnabled(!offered.isEmpty());
    addClassName(TillpostTheme.TOOLBAR);
    add(amount, currency);
  }

  /** Whether it is empty or an amount; marks the field where it is neither. */
  boolean isRight() {
    BigDecimal value = amount.getValue();
    boolean wrong = value != null && (value.signum() < 0 || value.compareTo(MOST) > 0);
    amount.setInvalid(wrong);
    amount.setErrorMessage(wrong ? "An amount from 0 to 1,000,000,000,000" : "");
    return !wrong;
  }

  /** What was entered, rounded up to the smallest coin; null for nothing. */
  @Nullable Money money() {
    BigDecimal value = amount.getValue();
    String chosen = currency.getValue();
    if (value == null || chosen == null) {
      return null;
    }
    BigDecimal minor =
        value.movePointRight(MoneyText.decimals(chosen)).setScale(0, RoundingMode.CEILING);
    return new Money(minor.longValueExact(), chosen);
  }
}
