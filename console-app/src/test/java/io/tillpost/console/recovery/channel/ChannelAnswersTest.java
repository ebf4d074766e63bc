package io.tillpost.console.recovery.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelAnswersTest {
  private static final Instant NOW = Instant.parse("2026-11-24T07:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "200,Taken",
    "202,Taken",
    "204,Taken",
    "301,Rejected",
    "400,Rejected",
    "401,Rejected",
    "404,Rejected",
    "409,AlreadyDone",
    "410,Rejected",
    "422,Refused",
    "429,SlowDown",
    "500,Unknown",
    "502,Unknown",
    "503,SlowDown",
    "504,Unknown"
  })
  void everyStatusHasItsMeaning(int status, String meaning) {
    assertThat(read(status, Map.of(), "").getClass().getSimpleName()).isEqualTo(meaning);
  }

  @ParameterizedTest
  @CsvSource({
    "30,PT30S",
    "0,PT0S",
    "999999999999999999999999,",
    "86400,PT10M",
    "'Tue, 24 Nov 2026 07:00:45 GMT',PT45S",
    "'Tue, 24 Nov 2026 06:00:00 GMT',PT0S",
    "soon,",
    "-5,"
  })
  void thePauseIsReadInBothFormsAndBounded(String header, Duration pause) {
    assertThat(read(429, Map.of("Retry-After", header), ""))
        .isInstanceOfSatisfying(
            ChannelAnswer.SlowDown.class, slow -> assertThat(slow.after()).isEqualTo(pause));
  }

  @Test
  void aProblemSpeaksForItself() {
    assertThat(
            read(
                422,
                Map.of("Content-Type", "application/problem+json"),
                "{\"title\":\"Refused\",\"detail\":\"Period 2026-10\\nis closed\"}"))
        .isEqualTo(new ChannelAnswer.Refused("The channel answered 422: Period 2026-10 is closed"));
  }

  @Test
  void aBodyThatIsNotWhatItSaysLeavesTheStatusToSpeak() {
    assertThat(read(422, Map.of("Content-Type", "application/json"), "{\"detail\": ["))
        .isEqualTo(new ChannelAnswer.Refused("The channel answered 422: it refuses the content"));
    assertThat(read(422, Map.of("Content-Type", "text/html"), "<h1>no</h1>"))
        .isEqualTo(new ChannelAnswer.Refused("The channel answered 422: it refuses the content"));
  }

  private static ChannelAnswer read(int status, Map<String, String> headers, String body) {
    HttpHeaders all =
        HttpHeaders.of(
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue()))),
            (_, _) -> true);
    return ChannelAnswers.read(status, all, body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
