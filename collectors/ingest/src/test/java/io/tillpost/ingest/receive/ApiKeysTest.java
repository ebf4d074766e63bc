package io.tillpost.ingest.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.IngestSender;
import io.tillpost.store.SenderCertificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
  private static final Instant NOW = Instant.parse("2026-11-28T10:15:30Z");
  private static final String NAME = "gateway.example";
  private static final String FINGERPRINT = SenderCertificate.FINGERPRINT + "ab".repeat(32);
  private static final Credentials MACHINE =
      new Credentials(null, List.of(FINGERPRINT, NAME), List.of());

  private final ApiKeys keys =
      ApiKeys.of(
          Map.of(),
          Map.of(NAME, Sender.unbound("configured")),
          false,
          Revocations.NONE,
          Clock.fixed(NOW, ZoneOffset.UTC));

  private static IngestSender made(String mark) {
    return new IngestSender(
        "made",
        IngestSender.Bounds.NONE,
        List.of(),
        List.of(SenderCertificate.added(mark, NOW, "anna")),
        NOW,
        "anna");
  }

  private String comesInAs(Credentials credentials) {
    return ((Admission.In) keys.admit(credentials)).sender().name();
  }

  @Test
  void theFingerprintOfTheConsoleGoesBeforeAConfiguredName() {
    assertThat(comesInAs(MACHINE)).isEqualTo("configured");
    keys.manage(List.of(made(FINGERPRINT)));
    assertThat(comesInAs(MACHINE)).isEqualTo("made");
    assertThat(comesInAs(new Credentials(null, List.of(NAME), List.of()))).isEqualTo("configured");
  }

  @Test
  void ofTheSameNameTheConfiguredOneCounts() {
    keys.manage(List.of(made(NAME)));
    assertThat(comesInAs(MACHINE)).isEqualTo("configured");
  }
}
