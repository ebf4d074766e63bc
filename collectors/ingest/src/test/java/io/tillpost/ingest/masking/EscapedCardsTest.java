package io.tillpost.ingest.masking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Cards in JSON as the encoders of other languages write it, and in addresses and HTML. */
class EscapedCardsTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"raw\":\"{\\u0022pan\\u0022:\\u00224111111111111111\\u0022}\"} | {\"raw\":\"{\\u0022pan\\u0022:\\u0022411111******1111\\u0022}\"}",
        "{\"m\":\"Karte \\u00274111111111111111\\u0027 abgelehnt\"} | {\"m\":\"Karte \\u0027411111******1111\\u0027 abgelehnt\"}",
        "{\"m\":\"Karte\\u00a04111111111111111\"} | {\"m\":\"Karte\\u00a0411111******1111\"}",
        "{\"m\":\"K\\u00E44111111111111111\"} | {\"m\":\"K\\u00E4411111******1111\"}",
        "\"4111\\u00a01111\\u00a01111\\u00a01111\" | \"4111\\u00a011**\\u00a0****\\u00a01111\"",
        "\"4111\\n1111\\n1111\\n1111\" | \"4111\\n11**\\n****\\n1111\"",
        "\"4111\\t1111\\t1111\\t1111\" | \"4111\\t11**\\t****\\t1111\"",
        "\"{\\\"m\\\":\\\"a\\\\u00224111111111111111\\\"}\" | \"{\\\"m\\\":\\\"a\\\\u0022411111******1111\\\"}\"",
        "\"\\u0034111111111111111\" | \"\\u003411111******1111\"",
        "\"411111\\u00311111111\\u0031\\u0031\" | \"411111\\u002a*****11\\u0031\\u0031\"",
        "card=4111+1111+1111+1111 | card=4111+11**+****+1111",
        "card=4111%2D1111%2d1111%2D1111 | card=4111%2D11**%2d****%2D1111",
        "4111%C2%A01111%c2%a01111%C2%A01111 | 4111%C2%A011**%c2%a0****%C2%A01111",
        "4111&nbsp;1111&nbsp;1111&#160;1111 | 4111&nbsp;11**&nbsp;****&#160;1111"
      })
  void areMasked(String text, String masked) {
    assertThat(CardNumbers.mask(text)).isEqualTo(masked);
    assertThat(CardNumbers.mask(masked)).isEqualTo(masked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\u00e4 4111 11",
        "C:\\new\\4711\\0412\\03\\20261123",
        "\\u12 4111-1111",
        "a backslash \\",
        "\\u0031\\u0031\\u0031\\u0031"
      })
  void othersStayAsTheyAre(String text) {
    assertThat(CardNumbers.mask(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"q\":[4111,1111,1111,1111]}",
        "{\"a\":4111,\"b\":1111,\"c\":1111,\"d\":1111}",
        "[3782,822463,10005]",
        "{\"a\":4111111111111111.0}",
        "{\"a\":-4111111111111111}",
        "{\"a\":4111111111111111e0}",
        "{\"a\":4111111111111111.25E+2}"
      })
  void whatIsMaskedInNumbersStaysJson(String text) {
    String masked = CardNumbers.mask(text);
    assertThat(masked).isNotEqualTo(text);
    assertThat(JSON.readTree(masked)).isNotNull();
    assertThat(CardNumbers.mask(masked)).isEqualTo(masked);
  }

  @Test
  void manyCardsBehindManyBlanksTakeNoLongerThanOthers() {
    String cards = "{\"a\":[" + "4111111111111111,".repeat(20_000);
    assertThat(CardNumbers.mask(" ".repeat(2_000_000) + cards)).hasSize(2_000_000 + cards.length());
  }
}
