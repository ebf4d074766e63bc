package io.tillpost.console.exceptions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExceptionTitleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "TAX_CODE_UNKNOWN|Tax code DE-19X is not known|Tax code … is not known (TAX_CODE_UNKNOWN)",
        "ITEM_MISSING|item 'A-100' does not exist in plant 0412|Item … does not exist in plant … (ITEM_MISSING)",
        "PERIOD_CLOSED|Period 2026-10 is closed: 4711|Period … is closed (PERIOD_CLOSED)",
        "SCHEMA_CHANGED||Schema changed (SCHEMA_CHANGED)",
        "E-17|4711|E 17 (E-17)",
        "HTTP_503|Service unavailable (503)|Service unavailable (HTTP_503)",
        "ERP_UNAVAILABLE|company 1000 is not open for posting (request 7f3a91c2)|Company … is not open for posting"
            + " (request …) (ERP_UNAVAILABLE)",
        "NO_STOCK|Item 4711 does not exist at location 0412 (movement 9-11)|Item … does not exist at location …"
            + " (movement …) (NO_STOCK)"
      })
  void aFailureReadsAsASentenceWithItsCode(String code, String text, String title) {
    assertThat(title(code, text)).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // brackets that the sender left open, closed too often or mixed up
        "E|not open for posting (request|Not open for posting request (E)",
        "E|refused] by the target|Refused by the target (E)",
        "E|refused (by the target]|Refused by the target (E)",
        "E|mapping of [lines[2].taxCode] failed|Mapping of [lines.taxCode] failed (E)",
        // nothing but variable parts in brackets
        "E|timed out (4711, 0412; 12:30)|Timed out (E)",
        "E|timed out [] after () all|Timed out after all (E)",
        // variable parts at the ends
        "E|4711: not known|Not known (E)",
        "ITEM_MISSING|4711 is not known|Item missing: … is not known (ITEM_MISSING)",
        "HTTP_429|429 Too Many Requests|Too Many Requests (HTTP_429)",
        "HTTP_429|429 too many requests|Too many requests (HTTP_429)",
        "HTTP_429|HTTP_429: 429: slow down|Slow down (HTTP_429)",
        "HTTP_429|4711 429 Too Many Requests|Too Many Requests (HTTP_429)",
        "E|not known for 4711.|Not known for … (E)",
        "E|store=0412, reason=closed|Store=…, reason=closed (E)",
        // the code said twice
        "ERP_UNAVAILABLE|ERP_UNAVAILABLE: the ERP is down|The ERP is down (ERP_UNAVAILABLE)",
        // what machines say
        "E|{\"error\":\"invalid\",\"line\":12}|E (E)",
        "E|java.net.SocketTimeoutException: Read timed out|Java.net.SocketTimeoutException: Read timed out (E)",
        "E|<html><body><h1>502 Bad Gateway</h1></body></html>|<html><body><…>… Bad Gateway</…></body></html> (E)"
      })
  void anUglyTextBecomesReadable(String code, String text, String title) {
    assertThat(title(code, text)).isEqualTo(title);
  }

  @Test
  void theFirstLineThatSaysSomethingIsEnough() {
    assertThat(title("E", "\n---\nPosting failed\n\tat com.erp.Post.run(Post.java:12)\n"))
        .isEqualTo("Posting failed (E)");
  }

  @Test
  void aLongTextIsCutBetweenWordsAndLeavesNoBracketOpen() {
    String words = "the target refused the posting ".repeat(4).strip();

    assertThat(title("E", words + " (because of a long list of reasons that goes on)"))
        .isEqualTo("T" + words.substring(1) + "… (E)");
    assertThat(title("E", "x".repeat(300))).isEqualTo("X" + "x".repeat(138) + "… (E)");
  }

  private static String title(String code, String text) {
    return ExceptionTitle.of(new Failure(code, text == null ? "" : text, null, null));
  }
}
