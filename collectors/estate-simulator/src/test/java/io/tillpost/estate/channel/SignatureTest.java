package io.tillpost.estate.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
  private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-24T07:00:00Z"), ZoneOffset.UTC);

  private final Signature signature = new Signature("secret", NOW);

  @Test
  void acceptsWhatTheSecretSigned() {
    assertThat(signature.objection(signature.sign(BODY), BODY)).isNull();
  }

  @Test
  void isTheOneOfTheContract() {
    // printf '1795503600.{"a":1}' | openssl dgst -sha256 -hmac secret
    assertThat(signature.sign(BODY))
        .isEqualTo(
            "t=1795503600,v1=c77a13aa07fdb7e73c8f42c454640672f9e5e1c9535b802d201f796517bcb88d");
  }

  @Test
  void refusesAnotherBodyAndAnotherSecret() {
    String header = signature.sign(BODY);
    assertThat(signature.objection(header, new byte[] {1})).contains("does not match");
    assertThat(new Signature("other", NOW).objection(header, BODY)).contains("does not match");
  }

  @ParameterizedTest
  @ValueSource(longs = {-301, 301})
  void refusesWhatIsTooOldOrTooNew(long seconds) {
    Clock other = Clock.offset(NOW, Duration.ofSeconds(seconds));
    assertThat(signature.objection(new Signature("secret", other).sign(BODY), BODY))
        .contains("5 minutes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "t=1,v1=zz", "v1=00", "t=1795503600"})
  void refusesWhatIsNoSignature(String header) {
    assertThat(signature.objection(header, BODY)).contains("not of the form");
  }

  @Test
  void refusesNone() {
    assertThat(signature.objection(null, BODY)).contains("missing");
  }
}
