package io.tillpost.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VisibleTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Größe 商品 👩\u200D👧 \tis kept|Größe 商品 👩\u200D👧 \tis kept",
        "invoice\u202Egnp.exe|invoiceU+202Egnp.exe",
        "bell\u0007 zero\u200Bwidth|bellU+0007 zeroU+200Bwidth",
        "half \uD83D only|half U+D83D only",
        "<b>bold</b>|<b>bold</b>",
      })
  void whatCannotBeSeenIsShownByItsNumber(String text, String shown) {
    assertThat(VisibleText.of(text)).isEqualTo(shown);
  }
}
