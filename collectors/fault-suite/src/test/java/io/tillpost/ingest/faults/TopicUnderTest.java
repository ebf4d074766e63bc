package io.tillpost.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A topic and the group of the same name, as Kafka itself tells of them. */
final class TopicUnderTest implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final Duration LONG = Duration.ofMinutes(3);

  private final Admin admin;
  private final String name;

  private TopicUnderTest(Admin admin, String name) {
    this.admin = admin;
    this.name = name;
  }

  static TopicUnderTest on(KafkaBroker broker, String name) {
    return new TopicUnderTest(broker.admin(), name);
  }

  String name() {
    return name;
  }

  private List<TopicPartition> partitions() {
    return IntStream.range(0, PARTITIONS).mapToObj(i -> new TopicPartition(name, i)).toList();
  }

  /** How many partitions each member of the group has. */
  List<Integer> shares() throws ExecutionException, InterruptedException {
    return admin
        .describeConsumerGroups(List.of(name))
        .describedGroups()
        .get(name)
        .get()
        .members()
        .stream()
        .map(member -> member.assignment().topicPartitions().size())
        .toList();
  }

  /** Waits until so many processes have all partitions between them. */
  void awaitShared(int processes) {
    await("%d processes share the partitions".formatted(processes))
        .atMost(LONG)
        .ignoreExceptionsInstanceOf(ExecutionException.class)
        .untilAsserted(
            () ->
                assertThat(shares())
                    .hasSize(processes)
                    .doesNotContain(0)
                    .satisfies(
                        shares ->
                            assertThat(shares.stream().mapToInt(Integer::intValue).sum())
                                .isEqualTo(PARTITIONS)));
  }

  /** Behind the last record of each partition. */
  Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = new HashMap<>();
    admin
        .listOffsets(
            partitions().stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest())))
        .all()
        .get()
        .forEach((partition, found) -> ends.put(partition, found.offset()));
    return ends;
  }

  /** Where the group goes on in each partition of which it has done something. */
  Map<TopicPartition, Long> committed() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> committed = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> found =
        admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata(name).get();
    found.forEach(
        (partition, offset) -> {
          if (offset != null) {
            committed.put(partition, offset.offset());
          }
        });
    return committed;
  }

  /** How many records the group has not done. */
  long waiting() {
    try {
      Map<TopicPartition, Long> committed = committed();
      return ends().entrySet().stream()
          .mapToLong(end -> end.getValue() - committed.getOrDefault(end.getKey(), 0L))
          .sum();
    } catch (ExecutionException e) {
      throw new AssertionError("Kafka does not say how many records wait", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** What the topic's retention does: the records before that offset of each partition are gone. */
  void dropBefore(long offset) throws ExecutionException, InterruptedException {
    var _ =
        admin
            .deleteRecords(
                partitions().stream()
                    .collect(Collectors.toMap(p -> p, _ -> RecordsToDelete.beforeOffset(offset))))
            .all()
            .get();
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(2));
  }
}
