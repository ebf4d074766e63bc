package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionTitleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAX_CODE_UNKNOWN|Tax code DE-19X is not known|Tax code is not known (TAX_CODE_UNKNOWN)",
        "ITEM_MISSING|item 'A-100' does not exist in plant 0412|Item does not exist in plant (ITEM_MISSING)",
        "PERIOD_CLOSED|Period 2026-10 is closed: 4711|Period is closed (PERIOD_CLOSED)",
        "SCHEMA_CHANGED||Schema changed (SCHEMA_CHANGED)",
        "E-17|4711|E 17 (E-17)",
        "HTTP_503|Service unavailable (503)|Service unavailable (HTTP_503)"
      })
  void aFailureReadsAsASentenceWithItsCode(String code, String text, String title) {
    assertThat(ExceptionTitle.of(new Failure(code, text == null ? "" : text, null, null)))
        .isEqualTo(title);
  }
}
