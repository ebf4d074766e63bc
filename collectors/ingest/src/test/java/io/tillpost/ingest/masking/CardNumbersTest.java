package io.tillpost.ingest.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {
  @ParameterizedTest
  @CsvSource({
    "4111111111111111, 411111******1111",
    "pan=4111 1111 1111 1111;, pan=4111 11** **** 1111;",
    "5555-5555-5555-4444, 5555-55**-****-4444",
    "378282246310005, 378282*****0005",
    "3782 822463 10005, 3782 82**** *0005",
    "6011111111111117x, 601111******1117x",
    "4222222222222, 422222***2222",
    "a 4111111111111111 b 5555555555554444, a 411111******1111 b 555555******4444"
  })
  void cardNumbersAreMasked(String text, String masked) {
    assertThat(CardNumbers.mask(text)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4111111111111112",
        "sale-0412-03-20261123-004711",
        "0412-03-4711",
        "4006381333931",
        "1764000000000",
        "1764000000000000000",
        "41111111111111111111111",
        "9999999999999999",
        "411111 1111111111"
      })
  void otherNumbersStayAsTheyAre(String text) {
    assertThat(CardNumbers.mask(text)).isSameAs(text);
  }

  @Test
  void maskingTwiceIsMaskingOnce() {
    String masked = CardNumbers.mask("4111111111111111");
    assertThat(CardNumbers.mask(masked)).isEqualTo(masked);
  }
}
