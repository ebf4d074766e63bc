package io.tillpost.ingest.log;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every second whether it can take records, and how many wait: in the whole topic, since
 * what one process takes in any of them may have to index.
 */
final class KafkaWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
  private static final long EVERY_MILLIS = 1_000;
  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final Admin admin;
  private final KafkaSettings settings;
  private final KafkaTopic topic;
  private final Runnable whenReady;
  private final Runnable whenWell;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("ingest-log-watch").daemon().factory());
  private boolean isReady;
  private boolean isCounted;
  private int failed;
  private int minInsyncReplicas;
  private volatile Map<TopicPartition, Standing> standings = Map.of();
  private volatile @Nullable String problem = "Kafka has not answered yet";

  /**
   * Not asking yet.
   *
   * @param whenReady runs once, when the topic is there
   * @param whenWell runs each time that Kafka can take records
   */
  KafkaWatch(Admin admin, KafkaSettings settings, Runnable whenReady, Runnable whenWell) {
    this.admin = admin;
    this.settings = settings;
    this.topic = new KafkaTopic(admin, settings);
    this.whenReady = whenReady;
    this.whenWell = whenWell;
  }

  /**
   * How far a partition is.
   *
   * @param end behind its last record
   * @param next where the group goes on
   */
  record Standing(long end, long next) {}

  void start() {
    var _ = schedule.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Waits until the topic is there; false if Kafka does not answer in time.
   *
   * @throws IngestLogException if it says that there will be none
   */
  boolean awaitReady(Duration timeout) {
    try {
      return ready.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IngestLogException said
          ? said
          : new IngestLogException("Kafka cannot be used: " + KafkaErrors.say(e), e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Why Kafka takes no records for now; or null. */
  @Nullable String problem() {
    return problem;
  }

  /** All partitions, as they were a moment ago. */
  Map<TopicPartition, Standing> standings() {
    return standings;
  }

  private void look() {
    try {
      if (!isReady) {
        minInsyncReplicas = topic.ensure();
        isReady = true;
        whenReady.run();
      }
      Optional<TopicDescription> description = topic.description();
      failed = 0;
      if (description.isEmpty()) {
        // Removed; or just made, and this broker has not heard of it yet.
        say("The topic '" + settings.topic() + "' of the ingest log is not there");
        return;
      }
      say(shortOf(description.get()));
      var _ = ready.complete(true);
      lookAtStandings(description.get());
    } catch (InterruptedException _) {
      LOG.debug("The watch of Kafka was interrupted");
    } catch (IngestLogException e) {
      var _ = ready.completeExceptionally(e);
      say(e.getMessage());
    } catch (OutOfMemoryError e) {
      // Thrown out of here it would silently end the schedule.
      LOG.error("Kafka could not be looked at; it is tried again", e);
    } catch (ExecutionException | RuntimeException e) {
      if (!KafkaErrors.mayPass(e)) {
        var _ = ready.completeExceptionally(e);
      }
      LOG.debug("Kafka was asked in vain", e);
      failed++;
      // Once may be a broker that has just gone, while the others take what is sent.
      if (failed > 1 || problem != null) {
        say("Kafka does not answer: " + KafkaErrors.say(e));
      }
    }
  }

  /** Whoever counts for the group may be away while records are taken: then it is known later. */
  private void lookAtStandings(TopicDescription description) throws InterruptedException {
    try {
      standings = standings(description);
      isCounted = true;
    } catch (ExecutionException e) {
      if (isCounted) {
        LOG.warn("How many records wait in Kafka is not known for now: {}", KafkaErrors.say(e));
      }
      isCounted = false;
    }
  }

  private void say(@Nullable String now) {
    String before = problem;
    problem = now;
    if (now == null) {
      whenWell.run();
      if (before != null) {
        LOG.info("Kafka takes records");
      }
    } else if (!now.equals(before)) {
      LOG.error("{}; nothing is taken until that is mended", now);
    }
  }

  /** Which copies are missing, in words, or null where there are enough of each partition. */
  private @Nullable String shortOf(TopicDescription description) {
    List<TopicPartitionInfo> few =
        description.partitions().stream()
            .filter(
                one ->
                    one.leader() == null
                        || one.leader().isEmpty()
                        || one.isr().size() < minInsyncReplicas)
            .toList();
    return few.isEmpty()
        ? null
        : "Kafka has too few copies of %d of the %d partitions of '%s'"
            .formatted(few.size(), description.partitions().size(), settings.topic());
  }

  private Map<TopicPartition, Standing> standings(TopicDescription description)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> all =
        description.partitions().stream()
            .map(one -> new TopicPartition(settings.topic(), one.partition()))
            .toList();
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin
            .listConsumerGroupOffsets(settings.group())
            .partitionsToOffsetAndMetadata(settings.group())
            .get();
    Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
    Map<TopicPartition, Long> firsts =
        offsets(
            all.stream().filter(one -> committed.get(one) == null).toList(), OffsetSpec.earliest());
    Map<TopicPartition, Standing> found = new HashMap<>();
    for (TopicPartition one : all) {
      OffsetAndMetadata next = committed.get(one);
      found.put(
          one,
          new Standing(
              ends.getOrDefault(one, 0L),
              next == null ? firsts.getOrDefault(one, 0L) : next.offset()));
    }
    return Map.copyOf(found);
  }

  private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listOffsets(partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> which)))
        .all()
        .get()
        .forEach((partition, found) -> offsets.put(partition, found.offset()));
    return offsets;
  }

  @Override
  public void close() {
    schedule.shutdownNow();
    admin.close(CLOSE);
  }
}
