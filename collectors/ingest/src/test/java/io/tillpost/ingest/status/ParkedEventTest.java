package io.tillpost.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.receive.Parking;
import io.tillpost.store.ParkedRecord;
import io.tillpost.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ParkedEventTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CARD = "4111111111111111";

  private static String parked(String event, Masking masking) {
    return ParkedEvent.text(JSON.readTree(event), masking);
  }

  private static String parked(String event) {
    return parked(event, Masking.CARDS);
  }

  @Test
  void idsStayAsTheyAreAndTheRestIsMasked() {
    String event =
        """
        {"id":"%1$s","source":"/pos/%1$s","subject":"sale-0412-%1$s","data":{"correlationId":"%1$s",\
        "keys":{"pan":"%1$s"},"failure":{"message":"card %1$s"},"id":"%1$s"}}"""
            .formatted(CARD);
    assertThat(parked(event))
        .isEqualTo(
            """
            {"id":"%1$s","source":"/pos/%1$s","subject":"sale-0412-%1$s","data":{"correlationId":"%1$s",\
            "keys":{"pan":"411111******1111"},"failure":{"message":"card 411111******1111"},"id":"411111******1111"}}"""
                .formatted(CARD));
  }

  @Test
  void bytesOfAPayloadAreLookedInto() {
    String body =
        Base64.getEncoder()
            .encodeToString("{\"pan\":\"4111111111111111\"}".getBytes(StandardCharsets.UTF_8));
    String text = parked("{\"data\":{\"payload\":{\"bodyBase64\":\"" + body + "\"}}}");
    String kept = JSON.readTree(text).at("/data/payload/bodyBase64").stringValue();
    assertThat(new String(Base64.getDecoder().decode(kept), StandardCharsets.UTF_8))
        .isEqualTo("{\"pan\":\"411111******1111\"}");
    assertThat(parked("{\"data\":{\"payload\":{\"bodyBase64\":\"no Base64 " + CARD + "\"}}}"))
        .doesNotContain(CARD);
  }

  @Test
  void anEventInWhichANumberIsMaskedIsNotSentAgain() {
    for (String number : List.of(CARD, CARD + ".0", "4.111111111111111E15", "-" + CARD)) {
      String text = parked("{\"data\":{\"transactionNumber\":" + number + "}}");
      assertThat(text)
          .startsWith("{\"data\":{\"transactionNumber\":4111110000001111}}")
          .endsWith(ParkedRecord.ALTERED);
      assertThat(record(text).toSend()).isEmpty();
      assertThat(record(text).objection())
          .contains("A number in it is masked, so only its sender can send it again.");
    }
    String others = "{\"data\":{\"attempt\":1,\"amount\":{\"minor\":12999},\"x\":1.5e300}}";
    assertThat(record(parked(others)).objection()).isEmpty();
  }

  private static ParkedRecord record(String text) {
    return ParkedRecord.of(
        ParkedRecord.Kind.MESSAGE_EVENT, "wrong", "/pos", Samples.MORNING, true, text);
  }

  @Test
  void timesAreNoNumbersOfAWorkflow() {
    Masking dates = Masking.of(List.of(), List.of("\\d{4}-\\d{2}-\\d{2}"));
    String event =
        "{\"time\":\"2026-12-01T10:00:00Z\",\"data\":{\"businessDate\":\"2026-12-01\",\"keys\":{\"born\":\"1970-01-01\"}}}";
    assertThat(parked(event, dates))
        .isEqualTo(
            "{\"time\":\"2026-12-01T10:00:00Z\",\"data\":{\"businessDate\":\"2026-12-01\",\"keys\":{\"born\":\"****-**-**\"}}}");
  }

  @Test
  void aCardAsANumberWithAPointIsSeenInAnyParkedText() {
    var parked =
        Parking.park(
            ParkedRecord.Kind.LOG_RECORD,
            "amount: 4.111111111111111E15 is too much",
            "till",
            Samples.MORNING,
            true,
            "double_value: 4.111111111111111E15 and 5.0E14 and 1.5E12");
    assertThat(parked.parked().text())
        .isEqualTo("double_value: 411111******1111 and 500000000000000 and 1500000000000");
    assertThat(parked.parked().reason()).isEqualTo("amount: 411111******1111 is too much");
  }

  @Test
  void whatIsQuotedIsMaskedBeforeItIsCut() {
    assertThat(WrongFieldException.quote("x".repeat(45) + CARD))
        .isEqualTo("'" + "x".repeat(45) + "411111******111…'");
  }
}
