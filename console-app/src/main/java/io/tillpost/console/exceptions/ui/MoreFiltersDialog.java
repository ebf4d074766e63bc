package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import io.tillpost.console.exceptions.ExceptionFilter;
import io.tillpost.console.exceptions.LastRecovery;
import io.tillpost.frontend.TillpostTheme;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Filters that are asked for less often: stores, regions, a business key, money, age and last
 * recovery.
 */
final class MoreFiltersDialog extends Dialog {
  private static final List<Duration> AGES =
      List.of(
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(4),
          Duration.ofDays(1),
          Duration.ofDays(3),
          Duration.ofDays(7));

  private final MultiSelectComboBox<String> stores = new MultiSelectComboBox<>("Stores");
  private final MultiSelectComboBox<String> regions = new MultiSelectComboBox<>("Regions");
  private final TextField keyName = new TextField("Business key");
  private final TextField keyValue = new TextField("Its value");
  private final MoneyInput money;
  private final Select<Duration> age = new Select<>();
  private final MultiSelectComboBox<LastRecovery.Result> recoveries =
      new MultiSelectComboBox<>("Last recovery");

  /**
   * @param currencies those that there is money in now; the first is chosen
   */
  MoreFiltersDialog(
      ExceptionFilter filter,
      StoreDirectory directory,
      List<String> currencies,
      Consumer<ExceptionFilter> changed) {
    setHeaderTitle("More filters");
    stores.setItems(directory.all().stream().map(Store::id).toList());
    stores.setItemLabelGenerator(
        id -> directory.find(id).map(store -> id + " " + store.name()).orElse(id));
    stores.setValue(filter.stores());
    stores.setHelperText("By id or name");
    // A store that is in no file may have sent messages all the same.
    stores.setAllowCustomValue(true);
    stores.addCustomValueSetListener(entered -> stores.select(entered.getDetail().strip()));
    regions.setItems(directory.regions());
    regions.setValue(filter.regions());
    keyName.setPlaceholder("sku");
    keyName.setHelperText("As systems name it, like sku, receipt or location");
    keyValue.setHelperText("Exactly this value");
    money = new MoneyInput("Money behind it, at least", currencies, filter.moneyAtLeast());
    age.setLabel("Oldest message at least this old");
    List<Duration> ages = new ArrayList<>(AGES);
    Duration olderThan = filter.olderThan();
    if (olderThan != null && !ages.contains(olderThan)) {
      ages.add(olderThan);
    }
    age.setItems(ages);
    age.setItemLabelGenerator(a -> a == null ? "Any age" : Words.of(a));
    age.setEmptySelectionAllowed(true);
    age.setEmptySelectionCaption("Any age");
    age.setValue(olderThan);
    recoveries.setItems(LastRecovery.Result.values());
    recoveries.setItemLabelGenerator(LastRecovery.Result::words);
    recoveries.setValue(filter.recoveries());
    recoveries.setHelperText("What became of the last retry, replay or discard of it");
    Div form = new Div(stores, regions, keyName, keyValue, money, age, recoveries);
    form.addClassName(TillpostTheme.FORM_DIALOG);
    add(form);
    Button show =
        new Button(
            "Show",
            _ -> {
              if (isRight()) {
                close();
                changed.accept(of(filter));
              }
            });
    show.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(new Button("Cancel", _ -> close()), show);
  }

  private boolean isRight() {
    boolean halfKey = keyName.getValue().isBlank() != keyValue.getValue().isBlank();
    TextField missing = keyName.getValue().isBlank() ? keyName : keyValue;
    keyName.setInvalid(false);
    keyValue.setInvalid(false);
    missing.setInvalid(halfKey);
    missing.setErrorMessage(halfKey ? "A key needs its name and its value" : "");
    return money.isRight() && !halfKey;
  }

  private ExceptionFilter of(ExceptionFilter filter) {
    Map<String, String> keys = new TreeMap<>(filter.keys());
    if (!keyName.getValue().isBlank()) {
      keys.put(keyName.getValue().strip(), keyValue.getValue().strip());
    }
    return filter.with(
        f ->
            f.stores(stores.getValue())
                .regions(regions.getValue())
                .keys(keys)
                .moneyAtLeast(money.money())
                .olderThan(age.getValue())
                .recoveries(recoveries.getValue()));
  }
}
