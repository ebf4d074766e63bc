package io.tillpost.ingest.log;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka's clients with what the ingest log promises built in. Everything else an administrator may
 * set; see RATIONALE.md, "Kafka".
 */
final class KafkaClients {
  /** More than the largest request, so than the largest record. */
  static final int MAX_RECORD_BYTES = 24 << 20;

  /** A batch of the indexer waits ready, and no more. */
  static final long MAX_BUFFERED_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 32, 4L << 20, 16L << 20);

  /** What was sent and is not answered; the producer's own memory is twice that. */
  static final long MAX_IN_FLIGHT_BYTES =
      Math.clamp(Runtime.getRuntime().maxMemory() / 16, 8L << 20, 32L << 20);

  /** Without these "accepted" would not mean durable, or something would be passed over. */
  private static final Set<String> OURS =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_CLASS_CONFIG,
          ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG);

  /** What only a member of a group has. */
  private static final Set<String> OF_MEMBERS =
      Set.of(
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.GROUP_REMOTE_ASSIGNOR_CONFIG,
          ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);

  private final KafkaSettings settings;
  private final String clientId;

  /**
   * For one process.
   *
   * @throws IngestLogException if a property is set that is not to be changed
   */
  KafkaClients(KafkaSettings settings, String clientId) {
    this.settings = settings;
    this.clientId = clientId;
    for (String name : settings.properties().keySet()) {
      if (OURS.contains(name)) {
        throw new IngestLogException(
            "tillpost.ingest.log.kafka.properties must not set "
                + name
                + ": what ingest promises its senders depends on it",
            null);
      }
    }
  }

  Producer<byte[], byte[]> producer() {
    Map<String, Object> config = new HashMap<>();
    // Refused within a moment where there is no room; the sender comes again.
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2 * MAX_IN_FLIGHT_BYTES + MAX_RECORD_BYTES);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
    // Less than the ten seconds that stock senders wait for an answer.
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);
    addCommon(config, ProducerConfig.configNames());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return made(
        () -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A member of the group. */
  Consumer<byte[], byte[]> consumer() {
    Map<String, Object> config = reading(2_000);
    if (!"consumer"
        .equalsIgnoreCase(settings.properties().get(ConsumerConfig.GROUP_PROTOCOL_CONFIG))) {
      // So long until the others take over from a process that is gone.
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
      config.put(
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          CooperativeStickyAssignor.class.getName());
    }
    // It is asked for more several times a second, whatever the store does.
    config.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 60_000);
    addCommon(config, ConsumerConfig.configNames());
    config.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
    return consumer(config);
  }

  /** One that reads beside the group, and is told of which partitions. */
  Consumer<byte[], byte[]> tailConsumer() {
    Map<String, Object> config = reading(1_000);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 1 << 20);
    addCommon(config, ConsumerConfig.configNames());
    config.keySet().removeAll(OF_MEMBERS);
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-tail");
    return consumer(config);
  }

  private static Map<String, Object> reading(int mostRecords) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    return config;
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // Where to go on is decided here, and never by passing something over in silence.
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return made(
        () ->
            new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  Admin admin() {
    Map<String, Object> config = new HashMap<>();
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 3_000);
    addCommon(config, AdminClientConfig.configNames());
    return made(() -> Admin.create(config));
  }

  private void addCommon(Map<String, Object> config, Set<String> known) {
    config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    // A broker that comes back is found soon.
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    settings
        .properties()
        .forEach(
            (name, value) -> {
              // A client would complain about what only another one knows.
              if (known.contains(name) || !isKnown(name)) {
                config.put(name, value);
              }
            });
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.servers());
  }

  private static boolean isKnown(String name) {
    return ProducerConfig.configNames().contains(name)
        || ConsumerConfig.configNames().contains(name)
        || AdminClientConfig.configNames().contains(name);
  }

  /** Makes a client. */
  private interface Making<T> {
    T make();
  }

  private static <T> T made(Making<T> making) {
    try {
      return making.make();
    } catch (KafkaException e) {
      throw new IngestLogException("Kafka's clients cannot be set up: " + KafkaErrors.say(e), e);
    }
  }
}
