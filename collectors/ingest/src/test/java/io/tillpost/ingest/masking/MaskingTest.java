package io.tillpost.ingest.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  /** Begins like a day in November 2026, passes Luhn, and could be a Mastercard's. */
  private static final String DATED = "2611240412030040";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"receipt\":\"2611240412030040\"}",
        "{\"receiptNumber\": 2611240412030040}",
        "{\\\"order_id\\\":\\\"2611240412030040\\\"}",
        "<receipt>2611240412030040</receipt>",
        "<sale receipt='2611240412030040'/>",
        "receipt=2611240412030040&total=1",
        "Receipt 2611240412030040 is not known",
        "Beleg Nr. 2611240412030040 fehlt"
      })
  void aNumberOfADocumentThatBeginsWithADayIsNoCard(String text) {
    assertThat(CardNumbers.mask(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2611240412030040",
        "{\"pan\":\"2611240412030040\"}",
        "{\"receipt\":\"1\",\"pan\":\"2611240412030040\"}",
        "{\"paymentReceipt\":\"2611240412030040\"}",
        "Card 2611240412030040 was refused",
        "receipt 2611 2404 1203 0040",
        "{\"receipts\":[\"1\",\"2611240412030040\"]}",
        "{\"receipt\":\"5555555555554444\"}",
        "{\"receipt\":\"2632240412030045\"}"
      })
  void whateverElseCouldBeACardIsMasked(String text) {
    assertThat(CardNumbers.mask(text)).isNotEqualTo(text);
  }

  @Test
  void theNameOfAFieldCountsAsMuchAsOneInTheText() {
    assertThat(CardNumbers.mask("receipt", DATED)).isEqualTo(DATED);
    assertThat(CardNumbers.mask("tillpost.key.order", DATED)).isEqualTo(DATED);
    assertThat(CardNumbers.mask("pan", DATED)).isEqualTo("261124******0040");
  }

  @Test
  void aWorkflowMayKeepItsNumbersAndMaskMore() {
    Masking masking = Masking.of(List.of("26112404\\d{8}"), List.of("\\bDE\\d{20}\\b"));
    assertThat(masking.mask(DATED + " of DE89370400440532013000"))
        .isEqualTo(DATED + " of **********************");
    assertThat(masking.mask("4111111111111111")).isEqualTo("411111******1111");
    String customer = "{\"customer\":1234567}";
    assertThat(Masking.of(List.of(), List.of("1234567")).mask(customer))
        .isEqualTo("{\"customer\":0000000}");
    assertThat(Masking.all(List.of(masking)).mask(DATED)).isNotEqualTo(DATED);
  }

  @Test
  void patternsThatWouldKeepCardsOrFindNothingAreMistakes() {
    for (String keep : List.of("\\d+", "4\\d{15}", ".*", "")) {
      assertThatThrownBy(() -> Masking.of(List.of(keep), List.of()))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String mask : List.of("(", "x*", " ", "x".repeat(201))) {
      assertThatThrownBy(() -> Masking.of(List.of(), List.of(mask)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
