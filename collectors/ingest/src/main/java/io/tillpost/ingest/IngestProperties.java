package io.tillpost.ingest;

import io.tillpost.ingest.log.KafkaSettings;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of ingest.
 *
 * @param enabled whether this process takes in data
 * @param host the address to listen on; more than loopback needs keys
 * @param grpcPort where OTLP/gRPC is expected; 0 for a free port
 * @param httpPort where OTLP/HTTP and message events are expected; 0 for a free port
 * @param log the ingest log
 * @param tls what both ports need to speak TLS; plain text without
 * @param maxRequestSize of an HTTP body, before decompression and after it
 * @param maxGrpcMessageSize of a gRPC message, before decompression and after it
 * @param apiKeys hashes of the keys that let senders in, {@code sha256:} and 64 hexadecimal digits;
 *     none on loopback lets everybody in
 * @param senders systems with keys of their own, by name
 * @param requireKey whether nobody is let in without a key; null for yes where any is configured
 * @param masking what is masked besides card numbers, or kept although it looks like one, by
 *     workflow
 * @param batchSize the most records written to the store at once
 * @param clockSkew how far a sender's clock may be ahead
 * @param retention how long data is kept; older events are refused
 * @param drainTimeout how long stopping may go on with what waits
 * @param metricsToken the bearer token that may read {@code /metrics}; null for nobody
 */
@Validated
@ConfigurationProperties(prefix = "tillpost.ingest", ignoreUnknownFields = false)
public record IngestProperties(
    @DefaultValue("false") boolean enabled,
    @DefaultValue("127.0.0.1") String host,
    @DefaultValue("4317") @Min(0) @Max(65_535) int grpcPort,
    @DefaultValue("4318") @Min(0) @Max(65_535) int httpPort,
    @DefaultValue @Valid Log log,
    @DefaultValue Tls tls,
    @DefaultValue("20MB") DataSize maxRequestSize,
    @DefaultValue("4MB") DataSize maxGrpcMessageSize,
    @DefaultValue List<String> apiKeys,
    @DefaultValue Map<String, @Valid SenderProperties> senders,
    @Nullable Boolean requireKey,
    @DefaultValue Map<String, MaskingProperties> masking,
    @DefaultValue("20000") @Min(1) @Max(50_000) int batchSize,
    @DefaultValue("10m") Duration clockSkew,
    @DefaultValue("30d") Duration retention,
    @DefaultValue("5s") Duration drainTimeout,
    @Nullable String metricsToken) {
  public IngestProperties {
    apiKeys = List.copyOf(apiKeys);
    senders = Map.copyOf(senders);
    masking = Map.copyOf(masking);
  }

  /** Where accepted records wait until they are indexed. */
  public enum LogKind {
    /** On the disk of this process. */
    DISK,
    /** In Kafka, where several processes share them. */
    KAFKA
  }

  /**
   * The ingest log.
   *
   * @param kind where it is
   * @param directory where it lies, or where a process with Kafka keeps its name; belongs to one
   *     process alone
   * @param maxSize the most that may wait in it; of Kafka in the whole topic, and about
   * @param kafka where Kafka is, and how it is used
   */
  public record Log(
      @DefaultValue("disk") LogKind kind,
      @DefaultValue(".tillpost/ingest-log") Path directory,
      @DefaultValue("4GB") DataSize maxSize,
      @DefaultValue @Valid Kafka kafka) {
    /** On the disk of this process. */
    static Log onDisk(Path directory, DataSize maxSize) {
      return new Log(LogKind.DISK, directory, maxSize, Kafka.NONE);
    }
  }

  /**
   * Kafka as the ingest log.
   *
   * @param bootstrapServers some of the brokers, {@code host:port}
   * @param topic made if it is missing and Kafka allows that
   * @param partitions of a topic that is made; as many processes at most share the work
   * @param replicationFactor of a topic that is made: on so many brokers stands each record
   * @param minInsyncReplicas of a topic that is made: on so many before a sender is answered
   * @param retention of a topic that is made: a record that was not indexed by then is lost
   * @param group the processes that share the work
   * @param properties of Kafka's clients, such as {@code security.protocol}; may hold secrets
   */
  public record Kafka(
      @DefaultValue("localhost:9092") @NotEmpty List<String> bootstrapServers,
      @DefaultValue("tillpost-ingest") @NotBlank String topic,
      @DefaultValue("12") @Min(1) int partitions,
      @DefaultValue("3") @Min(1) short replicationFactor,
      @DefaultValue("2") @Min(1) int minInsyncReplicas,
      @DefaultValue("7d") Duration retention,
      @DefaultValue("tillpost-ingest") @NotBlank String group,
      @DefaultValue Map<String, String> properties) {
    static final Kafka NONE =
        new Kafka(List.of(), "", 1, (short) 1, 1, Duration.ZERO, "", Map.of());

    public Kafka {
      bootstrapServers = List.copyOf(bootstrapServers);
      properties = Map.copyOf(properties);
    }

    KafkaSettings settings() {
      return new KafkaSettings(
          String.join(",", bootstrapServers),
          topic,
          partitions,
          replicationFactor,
          minInsyncReplicas,
          retention,
          group,
          properties);
    }

    @Override
    public String toString() {
      return "Kafka[" + bootstrapServers + ", " + topic + ", " + group + "]";
    }
  }

  /**
   * TLS of both ports; PEM files.
   *
   * @param certificate the certificate and those that lead from it to its authority; null for plain
   *     text
   * @param key its private key, in PKCS#8 and not encrypted
   * @param clientCa the authorities whose certificates let senders in; null to ask for none
   * @param clientRevocations lists of certificates that these authorities have taken back (PEM or
   *     DER), read again every minute; null for none
   * @param requireClientCertificate whether a connection without one is refused, that of the health
   *     check as well
   */
  public record Tls(
      @Nullable Path certificate,
      @Nullable Path key,
      @Nullable Path clientCa,
      @Nullable Path clientRevocations,
      @DefaultValue("false") boolean requireClientCertificate) {
    /** Plain text. */
    public static final Tls OFF = new Tls(null, null, null, null, false);

    boolean isOn() {
      return certificate != null && key != null;
    }

    /** Whether anything of it is set. */
    boolean isAsked() {
      return certificate != null
          || key != null
          || clientCa != null
          || clientRevocations != null
          || requireClientCertificate;
    }
  }

  /**
   * What is masked for one workflow.
   *
   * @param keep regular expressions that match the whole of a number, in digits alone, that looks
   *     like a card's and is none
   * @param mask regular expressions that find what is to be masked besides card numbers
   */
  public record MaskingProperties(
      @DefaultValue List<String> keep, @DefaultValue List<String> mask) {}

  /**
   * A system that sends.
   *
   * @param keys hashes of its keys, as in {@code api-keys}; more than one while they are changed
   * @param certificates names in its client certificates, which do instead of a key: DNS names or
   *     URIs among the alternative names of the subject, or without these its common name; or their
   *     fingerprints ({@code sha256:…})
   * @param stores the ids of the only stores it may send for; none for all
   * @param eventsPerSecond how many events, log records and spans it may send; null for any number
   * @param bytesPerSecond how much it may send, as it comes; null for any amount
   */
  public record SenderProperties(
      @DefaultValue List<String> keys,
      @DefaultValue List<String> certificates,
      @DefaultValue List<String> stores,
      @Nullable @Min(1) Long eventsPerSecond,
      @Nullable DataSize bytesPerSecond) {
    /** Whether there is anything by which it is known. */
    @AssertTrue(message = "a sender needs keys or certificates") boolean isKnowable() {
      return !keys.isEmpty() || !certificates.isEmpty();
    }

    @Override
    public String toString() {
      return "SenderProperties[" + stores + ", " + eventsPerSecond + ", " + bytesPerSecond + "]";
    }
  }

  /** Whether those without a key may send. */
  boolean isKeyless() {
    return requireKey == null ? apiKeys.isEmpty() && senders.isEmpty() : !requireKey;
  }

  @Override
  public String toString() {
    return "IngestProperties[" + host + ", " + grpcPort + ", " + httpPort + ", " + log + "]";
  }
}
