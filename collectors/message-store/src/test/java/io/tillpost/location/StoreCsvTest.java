package io.tillpost.location;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.location.StoreCsv.Problem;
import io.tillpost.location.StoreCsv.Result;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class StoreCsvTest {
  private static final String GOOD = "0412,Leipzig Hbf,East,Europe/Berlin,EUR,08:00,22:00,6\n";

  @Test
  void aLineBecomesAStore() {
    Result result = StoreCsv.read(StoreCsv.HEADER + "\n" + GOOD);
    assertThat(result).isInstanceOf(Result.Read.class);
    assertThat(((Result.Read) result).stores().all())
        .containsExactly(
            new Store(
                "0412",
                "Leipzig Hbf",
                "East",
                ZoneId.of("Europe/Berlin"),
                "EUR",
                LocalTime.of(8, 0),
                LocalTime.of(22, 0),
                6));
  }

  @Test
  void aQuotedFieldMayHoldACommaAndAQuotationMark() {
    Result result =
        StoreCsv.read(
            "\uFEFF"
                + StoreCsv.HEADER
                + "\r\n\r\n0413,\"Mall \"\"A\"\", level 2\",East,UTC,EUR,08:00,22:00,6\r\n");
    assertThat(((Result.Read) result).stores().find("0413").orElseThrow().name())
        .isEqualTo("Mall \"A\", level 2");
  }

  @Test
  void aTextWithoutTheHeaderIsNotRead() {
    assertThat(StoreCsv.read(GOOD))
        .isEqualTo(
            new Result.Unreadable(
                java.util.List.of(new Problem(1, "the first line must be " + StoreCsv.HEADER))));
    assertThat(StoreCsv.read("")).isInstanceOf(Result.Unreadable.class);
  }

  @Test
  void everyBadLineIsNamedWithItsNumberAndReason() {
    Result result =
        StoreCsv.read(
            StoreCsv.HEADER
                + "\n"
                + GOOD
                + GOOD
                + "\n,No id,East,UTC,EUR,08:00,22:00,6\n"
                + "1,A,East,Europe/Atlantis,EUR,08:00,22:00,6\n"
                + "2,A,East,UTC,Euro,08:00,22:00,6\n"
                + "3,A,East,UTC,EUR,8 o'clock,22:00,6\n"
                + "4,A,East,UTC,EUR,08:00,22:00,many\n"
                + "5,A,East,UTC\n"
                + "6,\"A,East,UTC,EUR,08:00,22:00,6\n"
                + "7,A \"b\" c,East,UTC,EUR,08:00,22:00,-1\n");
    assertThat(((Result.Unreadable) result).problems())
        .extracting(Problem::toString)
        .containsExactly(
            "line 3: store 0412 is there twice",
            "line 5: store_id is missing",
            "line 6: time_zone: 'Europe/Atlantis' is not a time zone like Europe/Berlin",
            "line 7: currency: 'Euro' is not a currency code like EUR",
            "line 8: opens: '8 o'clock' is not a time like 08:30",
            "line 9: registers: 'many' is not a number from 0 to 9999",
            "line 10: there are 4 fields instead of 8",
            "line 11: a quotation mark is not closed",
            "line 12: a quotation mark stands inside a field");
  }
}
