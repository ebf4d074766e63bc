package io.tillpost.frontend;

import com.vaadin.flow.component.datetimepicker.DateTimePicker;

/**
 * A day and a time as Tillpost writes them everywhere, {@code 2026-11-30} and {@code 13:00},
 * whatever the server speaks.
 */
public final class MomentPicker extends DateTimePicker {

  /** Without a moment. */
  public MomentPicker(String label) {
    super(label);
    setLocale(DayPicker.WORDS);
    setDatePickerI18n(DayPicker.iso());
  }
}
