package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KafkaSettingsTest {
  private static KafkaSettings settings(Map<String, String> properties) {
    return new KafkaSettings(
        "127.0.0.1:1", "topic", 1, (short) 1, 1, Duration.ofDays(1), "group", properties);
  }

  @Test
  void secretsAreNotTold() {
    assertThat(settings(Map.of("sasl.jaas.config", "hush")).toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "acks",
        "enable.idempotence",
        "enable.auto.commit",
        "auto.offset.reset",
        "group.id"
      })
  void whatThePromiseRestsOnCannotBeSet(String name) {
    assertThatThrownBy(() -> new KafkaClients(settings(Map.of(name, "1")), "test"))
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("must not set " + name);
  }

  @Test
  void moreCopiesBeforeAnAnswerThanThereAreIsRefused() {
    KafkaSettings settings =
        new KafkaSettings(
            "127.0.0.1:1", "topic", 1, (short) 1, 2, Duration.ofDays(1), "group", Map.of());
    assertThatThrownBy(
            () ->
                KafkaIngestLog.open(
                    settings, "test", 1, new SimpleMeterRegistry(), Clock.systemUTC()))
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("min-insync-replicas");
  }

  @Test
  void whatNoClientCanBeMadeOfIsSaidInASentence() {
    KafkaClients clients =
        new KafkaClients(settings(Map.of("security.protocol", "SECRET")), "test");
    assertThatThrownBy(clients::producer)
        .isInstanceOf(IngestLogException.class)
        .hasMessageStartingWith("Kafka's clients cannot be set up: ")
        .hasMessageContaining("security.protocol");
  }

  @Test
  void bothProtocolsOfGroupsCanBeChosen() {
    for (Map<String, String> group :
        List.of(
            Map.of("group.protocol", "classic", "group.instance.id", "one"),
            Map.of("group.protocol", "consumer", "group.remote.assignor", "uniform"))) {
      KafkaClients clients = new KafkaClients(settings(group), "test");
      assertThatCode(() -> clients.consumer().close()).doesNotThrowAnyException();
      assertThatCode(() -> clients.tailConsumer().close()).doesNotThrowAnyException();
    }
  }

  @Test
  void withoutKafkaItStartsAndTurnsSendersAwayAtOnce() {
    try (KafkaIngestLog log =
        KafkaIngestLog.open(
            settings(Map.of()),
            "test",
            1_000,
            new SimpleMeterRegistry(),
            Clock.systemUTC(),
            Duration.ofMillis(100))) {
      assertThat(log.problem()).startsWith("Kafka ");
      assertThat(log.append(List.of(AppendingProcess.record(1)), Instant.EPOCH))
          .isCompletedWithValueMatching(Append.Unavailable.class::isInstance);
      assertThat(log.backlog()).isEqualTo(Backlog.EMPTY);
      assertThat(log.read(0, 10, 10)).isEmpty();
    }
  }
}
