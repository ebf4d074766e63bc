package io.tillpost.ingest.faults;

import static io.tillpost.ingest.faults.TopicUnderTest.PARTITIONS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.linecorp.armeria.common.TlsKeyPair;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tillpost.ingest.log.Append;
import io.tillpost.ingest.log.IngestLogException;
import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfParked;
import io.tillpost.ingest.log.KafkaIngestLog;
import io.tillpost.ingest.log.KafkaSettings;
import io.tillpost.ingest.log.LogEntry.Intact;
import io.tillpost.ingest.log.LogRow;
import io.tillpost.ingest.log.LogTail;
import io.tillpost.store.ParkedRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The ingest log in Kafka, with a real broker; {@link LongFaults} has the long form. */
class KafkaIT {
  private static final Duration LONG = Duration.ofMinutes(1);

  /** So long nothing more comes to be read before a test takes it that nothing will. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final Instant NOW = Instant.parse("2026-11-28T10:15:30Z");
  private static final int RECORDS = 200;
  private static final int FRESH = 20;
  private static final Duration TICK = Duration.ofMillis(100);

  @TempDir private static Path brokerDirectory;
  private static KafkaBroker broker;

  @TempDir private Path directory;

  /** Of the record of each log that was read last. */
  private final Map<KafkaIngestLog, Long> positions = new HashMap<>();

  @BeforeAll
  static void startBroker() throws IOException {
    // Else every client tells all of its settings.
    ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient"))
        .setLevel(Level.ERROR);
    broker = KafkaBroker.start(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void twoProcessesShareTheWorkAndWhateverBreaksNothingIsLostOrDoubled() throws Exception {
    new KafkaRun(
            List.of(KafkaFault.ELASTICSEARCH_PAUSED, KafkaFault.BROKER_PAUSED),
            4,
            Duration.ofSeconds(12),
            Duration.ZERO)
        .in(directory, broker);
  }

  @Test
  void whatOneProcessHasNotDoneAnotherReads() throws Exception {
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "handed-over")) {
      try (KafkaIngestLog first = open(topic, 1, 1)) {
        append(first, RECORDS);
        List<LogRow> read = readAll(first, RECORDS);
        assertThat(ids(read)).hasSize(RECORDS);
        await().atMost(LONG).until(() -> first.backlog().records() == RECORDS);
        assertThat(first.backlog().oldestAcceptedAt()).isEqualTo(NOW);

        try (KafkaIngestLog second = open(topic, 1, 1)) {
          topic.awaitShared(2);
          await().atMost(LONG).until(() -> first.backlog().records() < RECORDS);
          List<LogRow> again = readAll(second, 1);
          Set<Integer> theirs = partitions(again);
          assertThat(theirs).isNotEmpty().hasSizeLessThan(PARTITIONS);

          // Late, and not for what is not its own any more.
          first.moveCheckpoint(read.getLast().position());
          await().atMost(LONG).until(() -> !topic.committed().isEmpty());
          assertThat(topic.committed().keySet())
              .noneMatch(partition -> theirs.contains(partition.partition()));
        }
        topic.awaitShared(1);
        // The second one has gone without having done anything.
        long left = RECORDS - topic.committed().values().stream().mapToLong(i -> i).sum();
        List<LogRow> rest = readAll(first, (int) left);
        first.moveCheckpoint(rest.getLast().position());
        assertThat(ids(rest)).hasSize((int) left);
      }
      assertThat(topic.waiting()).as("committed at the end").isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "consumer"})
  void whatComesInIsReadBeforeWhatWaitsAndCommittedWithIt(String protocol) throws Exception {
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "overtaken-" + protocol)) {
      try (KafkaIngestLog log =
          open(settings(broker.servers(), topic.name(), Map.of("group.protocol", protocol)))) {
        append(log, RECORDS);
        List<LogRow> some = readAll(log, 1);
        List<LogRow> fresh = new ArrayList<>();
        LogTail tail = log.tail(some.getLast().position(), NOW.plusSeconds(1), 2 * RECORDS);
        try (tail) {
          // It begins with the first time that it reads, so behind all that is there then.
          await()
              .atMost(LONG)
              .ignoreException(IngestLogException.class)
              .until(() -> tail.read(TICK, 50, 1 << 20).isEmpty() && tail.behind() == 0);
          assertThat(log.append(records(FRESH), NOW.plusSeconds(2)).join())
              .isEqualTo(new Append.Appended());
          await()
              .atMost(LONG)
              .until(
                  () -> {
                    fresh.addAll(tail.read(TICK, 50, 1 << 20));
                    return fresh.size() == FRESH;
                  });
          assertThat(tail.from()).as("where what waits ends").isEqualTo(Long.MAX_VALUE);
          tail.done(fresh.getLast().position());
        }
        List<LogRow> waited = new ArrayList<>(some);
        waited.addAll(readAll(log, RECORDS - some.size()));
        long last = waited.getLast().position();
        await().atMost(LONG).until(() -> tail.from() == last);
        assertThat(ids(waited)).hasSize(RECORDS);
        assertThat(ids(fresh)).hasSize(FRESH);

        log.moveCheckpoint(last);
        assertThat(tail.merge()).isEqualTo(last);
        await().atMost(LONG).until(() -> topic.waiting() == 0);
        append(log, FRESH);
        assertThat(readAll(log, FRESH)).hasSize(FRESH);
      }
    }
  }

  @Test
  void whatTheTopicDroppedTooEarlyIsSaidAsAParkedRecord() throws Exception {
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "dropped")) {
      try (KafkaIngestLog log = open(topic, 1, 1)) {
        append(log, RECORDS);
        log.moveCheckpoint(readAll(log, RECORDS).getLast().position());
        append(log, RECORDS);
      }
      long least = topic.committed().values().stream().mapToLong(i -> i).max().orElseThrow() + 2;
      topic.dropBefore(least);

      SimpleMeterRegistry meters = new SimpleMeterRegistry();
      try (KafkaIngestLog log = open(topic, 1, 1, 1 << 30, meters)) {
        List<LogRow> rows = readAll(log, (int) topic.waiting() - lostFrom(topic, least));
        assertThat(rows)
            .filteredOn(row -> reason(row).contains("are lost: Kafka dropped the offsets"))
            .hasSize(PARTITIONS);
        assertThat(meters.counter("tillpost.ingest.lost").count()).isGreaterThanOrEqualTo(2);
        log.moveCheckpoint(rows.getLast().position());
      }
      assertThat(topic.waiting()).isZero();
    }
  }

  /** How many fewer rows there are than Kafka counts: one stands for all that a partition lost. */
  private static int lostFrom(TopicUnderTest topic, long first) throws Exception {
    return topic.committed().values().stream().mapToInt(next -> (int) (first - next) - 1).sum();
  }

  @Test
  void nothingIsTakenWhereKafkaDoesNotPromiseEnough() throws Exception {
    try (Admin admin = broker.admin();
        TopicUnderTest topic = TopicUnderTest.on(broker, "few-copies")) {
      var _ =
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic.name(), PARTITIONS, (short) 1)
                          .configs(Map.of("min.insync.replicas", "2"))))
              .all()
              .get();
      try (KafkaIngestLog log = open(topic, 1, 1)) {
        await().atMost(LONG).until(() -> log.problem().contains("too few copies"));
        assertThat(log.append(records(1), NOW).join()).isInstanceOf(Append.Unavailable.class);
      }
    }
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "three-copies")) {
      assertThatThrownBy(() -> open(topic, 3, 2))
          .isInstanceOf(IngestLogException.class)
          .hasMessageContaining("'three-copies' of the ingest log is missing and cannot be made")
          .hasMessageContaining("eplication");
    }
  }

  @ParameterizedTest
  @CsvSource({"wrong, Authentication failed", KafkaBroker.PASSWORD + ", authorization failed"})
  void aLoginThatIsWrongOrMayNotEndsTheStartWithASentenceThatKeepsThePassword(
      String password, String said) {
    String login =
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(KafkaBroker.USER, password);
    KafkaSettings settings =
        settings(
            broker.loginServers(),
            "locked",
            Map.of(
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login));

    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(IngestLogException.class)
        .message()
        .contains(said)
        .doesNotContain(password + "\"");
  }

  @Test
  void withTlsBothSidesShowTheirCertificates() throws Exception {
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "tls")) {
      try (KafkaIngestLog log =
          open(overTls("tls", KafkaCertificates.BROKER, KafkaCertificates.INGEST))) {
        append(log, RECORDS);
        log.moveCheckpoint(readAll(log, RECORDS).getLast().position());
      }
      assertThat(topic.waiting()).isZero();
    }
  }

  @Test
  void whoseCertificateIsNotKnownEndsTheStartWithASentence() {
    KafkaSettings otherBroker =
        overTls("tls-no", KafkaCertificates.NOBODY, KafkaCertificates.INGEST);
    KafkaSettings otherClient =
        overTls("tls-no", KafkaCertificates.BROKER, KafkaCertificates.NOBODY);

    for (KafkaSettings settings : List.of(otherBroker, otherClient)) {
      assertThatThrownBy(() -> open(settings))
          .isInstanceOf(IngestLogException.class)
          .message()
          .contains("'tls-no' of the ingest log")
          .contains("the TLS handshake failed: ")
          .doesNotContain("PRIVATE KEY");
    }
  }

  /**
   * Over the listener with TLS, with certificates in place of files.
   *
   * @param trusted whom it takes for the broker
   * @param own as whom it comes
   */
  private static KafkaSettings overTls(String topic, TlsKeyPair trusted, TlsKeyPair own) {
    return settings(
        broker.tlsServers(),
        topic,
        Map.of(
            "security.protocol",
            "SSL",
            "ssl.truststore.type",
            "PEM",
            "ssl.truststore.certificates",
            KafkaCertificates.certificate(trusted),
            "ssl.keystore.type",
            "PEM",
            "ssl.keystore.certificate.chain",
            KafkaCertificates.certificate(own),
            "ssl.keystore.key",
            KafkaCertificates.key(own)));
  }

  private static KafkaSettings settings(
      String servers, String topic, Map<String, String> properties) {
    return new KafkaSettings(
        servers, topic, PARTITIONS, (short) 1, 1, Duration.ofDays(7), topic, properties);
  }

  private static KafkaIngestLog open(KafkaSettings settings) {
    return KafkaIngestLog.open(
        settings, "test", 1 << 30, new SimpleMeterRegistry(), Clock.systemUTC());
  }

  @Test
  void moreThanItsQuotaDoesNotGoIn() throws Exception {
    try (TopicUnderTest topic = TopicUnderTest.on(broker, "full");
        KafkaIngestLog log = open(topic, 1, 1, 1_000, new SimpleMeterRegistry())) {
      append(log, RECORDS);
      await().atMost(LONG).until(log::isNearlyFull);
      assertThat(log.append(records(1), NOW).join()).isInstanceOf(Append.OverCapacity.class);

      log.moveCheckpoint(readAll(log, RECORDS).getLast().position());
      await().atMost(LONG).until(() -> !log.isNearlyFull());
      append(log, 1);
    }
  }

  private static KafkaIngestLog open(TopicUnderTest topic, int copies, int minInsync)
      throws Exception {
    return open(topic, copies, minInsync, 1 << 30, new SimpleMeterRegistry());
  }

  private static KafkaIngestLog open(
      TopicUnderTest topic, int copies, int minInsync, long maxBytes, SimpleMeterRegistry meters)
      throws Exception {
    KafkaSettings settings =
        new KafkaSettings(
            broker.servers(),
            topic.name(),
            PARTITIONS,
            (short) copies,
            minInsync,
            Duration.ofDays(7),
            topic.name(),
            Map.of("session.timeout.ms", "3000", "heartbeat.interval.ms", "300"));
    return KafkaIngestLog.open(settings, "test", maxBytes, meters, Clock.systemUTC());
  }

  private static List<IngestRecord> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                (IngestRecord)
                    new OfParked(
                        "record-" + i,
                        ParkedRecord.of(
                            ParkedRecord.Kind.UNKNOWN, "a test", "till", NOW, true, "text")))
        .toList();
  }

  private static void append(KafkaIngestLog log, int count) {
    await().atMost(LONG).until(() -> log.problem() == null);
    assertThat(log.append(records(count), NOW).join()).isEqualTo(new Append.Appended());
  }

  /** Reads on until there are so many. */
  private List<LogRow> readAll(KafkaIngestLog log, int least) throws InterruptedException {
    List<LogRow> rows = new ArrayList<>();
    Instant end = Instant.now().plus(LONG);
    Instant silentUntil = Instant.now().plus(SILENCE);
    while (rows.size() < least) {
      assertThat(Instant.now())
          .as(
              "%d of at least %d rows were read, then nothing came for %s",
              rows.size(), least, SILENCE)
          .isBefore(silentUntil)
          .isBefore(end);
      long last = positions.getOrDefault(log, 0L);
      if (log.awaitBeyond(last, Duration.ofMillis(200))) {
        List<LogRow> next = log.read(last, 50, 1 << 20);
        positions.put(log, next.getLast().position());
        rows.addAll(next);
        silentUntil = Instant.now().plus(SILENCE);
      }
    }
    return rows;
  }

  private static Set<Integer> partitions(List<LogRow> rows) {
    Set<Integer> partitions = new HashSet<>();
    rows.forEach(row -> partitions.add(row.partition()));
    return partitions;
  }

  private static Set<String> ids(List<LogRow> rows) {
    Set<String> ids = new HashSet<>();
    for (LogRow row : rows) {
      if (row.decoded() instanceof Intact intact && intact.content() instanceof OfParked parked) {
        ids.add(parked.id());
      }
    }
    return ids;
  }

  private static String reason(LogRow row) {
    return row.decoded() instanceof Intact intact && intact.content() instanceof OfParked parked
        ? parked.parked().reason()
        : "";
  }
}
