package io.tillpost.ingest.log;

import java.time.Duration;
import java.util.Map;

/**
 * Where the ingest log of several processes is kept.
 *
 * @param servers some of the brokers, {@code host:port}, with commas between them
 * @param topic made if it is missing and that is allowed
 * @param partitions of a topic that is made; as many processes at most share the work
 * @param replicationFactor of a topic that is made
 * @param minInsyncReplicas of a topic that is made: so many copies before a sender is answered
 * @param retention of a topic that is made: a record that was not indexed by then is lost
 * @param group the processes that share the work
 * @param properties of Kafka's clients, such as {@code sasl.jaas.config}; may hold secrets
 */
public record KafkaSettings(
    String servers,
    String topic,
    int partitions,
    short replicationFactor,
    int minInsyncReplicas,
    Duration retention,
    String group,
    Map<String, String> properties) {
  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  @Override
  public String toString() {
    return "KafkaSettings[" + servers + ", " + topic + ", " + group + "]";
  }
}
