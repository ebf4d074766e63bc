package io.tillpost.ingest.log;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the topic of the ingest log, or makes it, and holds it to what is promised. */
final class KafkaTopic {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaTopic.class);

  private final Admin admin;
  private final KafkaSettings settings;

  KafkaTopic(Admin admin, KafkaSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Makes it if it is missing.
   *
   * @return how many copies must be there before a sender is answered
   * @throws IngestLogException if that is not possible, now or ever
   * @throws ExecutionException if Kafka could not be asked; perhaps later
   */
  int ensure() throws ExecutionException, InterruptedException {
    if (description().isEmpty()) {
      create();
    }
    return checkedMinInsyncReplicas();
  }

  /** What there is of it now; empty if it does not exist. */
  Optional<TopicDescription> description() throws ExecutionException, InterruptedException {
    try {
      return Optional.ofNullable(
          admin
              .describeTopics(List.of(settings.topic()))
              .allTopicNames()
              .get()
              .get(settings.topic()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw refused("cannot be looked at", e);
    }
  }

  private void create() throws ExecutionException, InterruptedException {
    NewTopic topic =
        new NewTopic(settings.topic(), settings.partitions(), settings.replicationFactor())
            .configs(
                Map.of(
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    Integer.toString(settings.minInsyncReplicas()),
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_DELETE,
                    TopicConfig.RETENTION_MS_CONFIG,
                    Long.toString(settings.retention().toMillis()),
                    // What waits is bounded by tillpost.ingest.log.max-size, which refuses; this
                    // would drop.
                    TopicConfig.RETENTION_BYTES_CONFIG,
                    "-1",
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(KafkaClients.MAX_RECORD_BYTES),
                    TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                    "false"));
    try {
      var _ = admin.createTopics(List.of(topic)).all().get();
      LOG.info(
          "Made the topic '{}' with {} partitions and {} copies of each",
          settings.topic(),
          settings.partitions(),
          settings.replicationFactor());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw refused("is missing and cannot be made", e);
      }
    }
  }

  private int checkedMinInsyncReplicas() throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
    Config config;
    try {
      config =
          admin
              .describeConfigs(List.of(resource))
              .all()
              .get()
              .getOrDefault(resource, new Config(List.of()));
    } catch (ExecutionException e) {
      if (KafkaErrors.mayPass(e)) {
        throw e;
      }
      LOG.warn(
          "What is set for the topic '{}' cannot be looked at: {}",
          settings.topic(),
          KafkaErrors.say(e));
      return settings.minInsyncReplicas();
    }
    int minInsync = (int) number(config, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, 1);
    warnIf(
        minInsync < settings.minInsyncReplicas(),
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
        "accepted records may be on fewer machines than they should be");
    long retention = number(config, TopicConfig.RETENTION_MS_CONFIG, -1);
    warnIf(
        retention >= 0 && retention < settings.retention().toMillis(),
        TopicConfig.RETENTION_MS_CONFIG,
        "records that are not indexed in time are lost");
    warnIf(
        number(config, TopicConfig.RETENTION_BYTES_CONFIG, -1) >= 0,
        TopicConfig.RETENTION_BYTES_CONFIG,
        "records of a backlog that is larger are lost");
    warnIf(
        number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.MAX_VALUE)
            < KafkaClients.MAX_RECORD_BYTES,
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
        "larger records are turned away again and again");
    String cleanup = text(config, TopicConfig.CLEANUP_POLICY_CONFIG);
    warnIf(
        cleanup != null && !cleanup.equals(TopicConfig.CLEANUP_POLICY_DELETE),
        TopicConfig.CLEANUP_POLICY_CONFIG,
        "records of a message or trace replace each other before they are indexed");
    return minInsync;
  }

  private void warnIf(boolean wrong, String name, String consequence) {
    if (wrong) {
      LOG.warn("{} of the topic '{}': {}", name, settings.topic(), consequence);
    }
  }

  private static long number(Config config, String name, long otherwise) {
    String value = text(config, name);
    return value == null ? otherwise : Long.parseLong(value);
  }

  private static @Nullable String text(Config config, String name) {
    ConfigEntry entry = config.get(name);
    return entry == null ? null : entry.value();
  }

  private ExecutionException refused(String what, ExecutionException e) {
    if (KafkaErrors.mayPass(e)) {
      return e;
    }
    throw new IngestLogException(
        "The topic '%s' of the ingest log %s: %s"
            .formatted(settings.topic(), what, KafkaErrors.say(e)),
        e);
  }
}
