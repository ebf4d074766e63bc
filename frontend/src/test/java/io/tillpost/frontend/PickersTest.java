package io.tillpost.frontend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Days and times are written one way only, wherever the server stands. */
class PickersTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void standInTheUnitedStates() {
    Locale.setDefault(Locale.US);
  }

  @AfterEach
  void goBack() {
    Locale.setDefault(before);
  }

  @Test
  void aDayIsWrittenYearFirst() {
    DayPicker picker = new DayPicker();

    assertThat(picker.getI18n().getDateFormats()).containsExactly("yyyy-MM-dd");
    assertThat(picker.getI18n().getFirstDayOfWeek()).isEqualTo(1);
    assertThat(picker.getLocale()).isEqualTo(Locale.UK);
  }

  @Test
  void aMomentHasTwentyFourHours() {
    MomentPicker picker = new MomentPicker("Until");

    assertThat(picker.getDatePickerI18n().getDateFormats()).containsExactly("yyyy-MM-dd");
    assertThat(picker.getLocale()).isEqualTo(Locale.UK);
  }
}
