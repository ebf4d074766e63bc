package io.tillpost.frontend;

import com.vaadin.flow.component.datepicker.DatePicker;
import java.util.Locale;

/** A day as Tillpost writes it everywhere, {@code 2026-11-30}, whatever the server speaks. */
public final class DayPicker extends DatePicker {
  /** For the names of days and months, with weeks that begin on Monday and 24 hours a day. */
  static final Locale WORDS = Locale.UK;

  /** Without a day. */
  public DayPicker() {
    super();
    setLocale(WORDS);
    setI18n(iso());
  }

  static DatePickerI18n iso() {
    return new DatePickerI18n().setDateFormat("yyyy-MM-dd").setFirstDayOfWeek(1);
  }
}
