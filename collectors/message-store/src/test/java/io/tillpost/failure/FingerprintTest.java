package io.tillpost.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Item 4711 is missing|Item * is missing",
        "Tax code DE-19X is not known|Tax code * is not known",
        "Order 550e8400-e29b-41d4-a716-446655440000 refused|Order * refused",
        "Order abcdefab-abcd-abcd-abcd-abcdefabcdef refused|Order * refused",
        "Posted on 2026-11-23T10:15:04.250Z already|Posted on * already",
        "Store 'Leipzig Hbf' is closed|Store * is closed",
        "Store \"Leipzig\" is closed|Store * is closed",
        "Field `lines[2].taxCode` is unknown|Field * is unknown",
        "Artikel „Bio-Milch“ unbekannt|Artikel * unbekannt",
        "Item “Fresh milk” or ‘Milk’ unknown|Item * or * unknown",
        "Article «Lait frais» inconnu|Article * inconnu",
        "Can't post: 'it's open' isn't|Can't post: * isn't",
        "Invalid value N'Milch', u'lait', b'milk'|Invalid value N*, u*, b*",
        "N'est pas connu, l'article|N'est pas connu, l'article",
        "Closed since Tue, 24 Nov 2026 10:15:04 GMT|Closed since * GMT",
        "Closed since Tue Nov 24 10:15:04 CET 2026|Closed since * CET *",
        "Closed since November 3, 2026|Closed since *",
        "Gesperrt seit 3. März 2026|Gesperrt seit *",
        "May not post in Mar or on Sun|May not post in Mar or on Sun",
        "Items 1, 2, 3 are missing|Items * are missing",
        "Timeout after 30s at 10.0.0.12:8443|Timeout after * at *",
        "Price -12.99 is negative|Price -* is negative",
        "Größe 42 ist unbekannt|Größe * ist unbekannt",
        "商品 4711 不存在|商品 * 不存在",
        "no   blanks\tdiffer|no blanks differ",
        "nothing variable here|nothing variable here",
      })
  void variablePartsAreTakenOut(String text, String template) {
    assertThat(Fingerprint.template(text)).isEqualTo(template);
  }

  @Test
  void likeFailuresHaveTheSameFingerprint() {
    assertThat(fingerprint("Item 4711 is missing")).isEqualTo(fingerprint("Item 815 is missing"));
    assertThat(fingerprint("Item 4711 is missing"))
        .isNotEqualTo(fingerprint("Item 4711 is blocked"));
  }

  @Test
  void workflowTargetAndCodeCount() {
    Fingerprint one = Fingerprint.of("sales-posting", "erp", "E1", "text");
    assertThat(one).isNotEqualTo(Fingerprint.of("returns", "erp", "E1", "text"));
    assertThat(one).isNotEqualTo(Fingerprint.of("sales-posting", "loyalty", "E1", "text"));
    assertThat(one).isNotEqualTo(Fingerprint.of("sales-posting", null, "E1", "text"));
    assertThat(one).isNotEqualTo(Fingerprint.of("sales-posting", "erp", "E2", "text"));
  }

  @Test
  void isTheSameForEver() {
    assertThat(Fingerprint.of("sales-posting", "erp", "TAX_CODE_UNKNOWN", "Tax code DE-19X"))
        .hasToString("a62d4914842e8d6b");
  }

  @Test
  void hasSixteenHexadecimalDigits() {
    assertThatThrownBy(() -> new Fingerprint("xyz")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aVeryLongTextIsCutAndStillGroups() {
    String text = "word ".repeat(100_000);
    assertThat(Fingerprint.template(text)).hasSizeLessThanOrEqualTo(500);
    assertThat(fingerprint(text)).isEqualTo(fingerprint(text + " 1"));
  }

  /** Texts that make careless expressions backtrack for ever. */
  static Stream<String> hostileTexts() {
    return Stream.of(
        "1".repeat(100_000),
        "a".repeat(100_000) + "!",
        "a-".repeat(50_000) + "!",
        "1-".repeat(50_000) + "!",
        "1:1.".repeat(50_000),
        "\"".repeat(99_999),
        "'\"`".repeat(50_000),
        "„".repeat(50_000),
        "'a".repeat(50_000),
        "Mon ".repeat(50_000) + "1 Jan ".repeat(50_000),
        "* ".repeat(50_000) + "!",
        "0, ".repeat(50_000) + "!",
        "_".repeat(100_000),
        "\u0000\uFFFF".repeat(10_000),
        "abcdefab-abcd-".repeat(10_000),
        " ".repeat(100_000));
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void aHostileTextTakesNoTime(String text) {
    assertTimeoutPreemptively(Duration.ofSeconds(2), () -> Fingerprint.template(text));
  }

  private static Fingerprint fingerprint(String text) {
    return Fingerprint.of("sales-posting", "erp", "E1", text);
  }
}
