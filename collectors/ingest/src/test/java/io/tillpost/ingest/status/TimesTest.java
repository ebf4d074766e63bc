package io.tillpost.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final String ODD = "0123456789-:.TZtz+ 1290";

  @Test
  void timesAreReadAsJavaReadsThemAndWhatItRefusesIsRefused() {
    Random random = new Random(7);
    for (int i = 0; i < 200_000; i++) {
      long second = (long) (random.nextDouble() * 8e9) - 2_000_000_000L;
      int nanos =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> random.nextInt(1_000) * 1_000_000;
            case 2 -> random.nextInt(1_000_000) * 1_000;
            default -> random.nextInt(1_000_000_000);
          };
      StringBuilder text = new StringBuilder(Instant.ofEpochSecond(second, nanos).toString());
      for (int n = random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
          case 1 -> text.insert(at, ODD.charAt(random.nextInt(ODD.length())));
          default -> text.deleteCharAt(at);
        }
      }
      assertThat(ours(text.toString())).as(text.toString()).isEqualTo(javas(text.toString()));
    }
  }

  @Test
  void aTimeIsReadWhereItStandsAndNothingAroundIt() {
    byte[] text = "12026-11-23T10:15:04.250Z9".getBytes(StandardCharsets.UTF_8);
    assertThat(Times.usual(text, 1, text.length - 1))
        .isEqualTo(Instant.parse("2026-11-23T10:15:04.250Z"));
    assertThat(Times.usual(text, 0, text.length - 1)).isNull();
    assertThat(Times.usual(text, 1, text.length)).isNull();
    assertThat(Times.usual(text, 1, text.length - 2)).isNull();
    assertThat(Times.usual("2026-11-23T10:15:0\u0664Z")).isNull();
    assertThat(Times.date("2026-11-2\u0663")).isNull();
  }

  @Test
  void datesAreReadAsJavaReadsThem() {
    assertThat(Times.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(Times.date("2023-02-29")).isNull();
    assertThat(Times.date("2023-13-01")).isNull();
    assertThat(Times.date("23.11.2026")).isNull();
    assertThat(Times.date("2026-1-01")).isNull();
  }

  private static @Nullable Instant ours(String text) {
    try {
      return Times.parse("time", text);
    } catch (WrongFieldException _) {
      return null;
    }
  }

  private static @Nullable Instant javas(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException _) {
      return null;
    }
  }
}
