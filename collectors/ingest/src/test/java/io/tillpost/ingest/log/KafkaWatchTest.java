package io.tillpost.ingest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeConfigsResult;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a broker cannot easily be brought to; the rest is tried with a real one. */
class KafkaWatchTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final KafkaSettings SETTINGS =
      new KafkaSettings(
          "localhost:1", "topic", 1, (short) 1, 1, Duration.ofDays(7), "group", Map.of());
  private static final Node BROKER = new Node(1, "localhost", 1);
  private static final TopicDescription THERE =
      new TopicDescription(
          "topic",
          false,
          List.of(new TopicPartitionInfo(0, BROKER, List.of(BROKER), List.of(BROKER))));

  /** What one broker after the other knows of the topic; the last one is asked again and again. */
  private final BlockingQueue<KafkaFuture<TopicDescription>> known = new LinkedBlockingQueue<>();

  private final AtomicInteger begun = new AtomicInteger();
  private final KafkaWatch watch =
      new KafkaWatch(admin(), SETTINGS, begun::incrementAndGet, () -> {});

  private Admin admin() {
    return (Admin)
        Proxy.newProxyInstance(
            Admin.class.getClassLoader(),
            new Class<?>[] {Admin.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "describeTopics" ->
                      new Topics(known.size() > 1 ? known.take() : known.peek());
                  case "describeConfigs" -> new Configs();
                  case "close" -> null;
                  // Nothing more is asked before it is known that the topic is there.
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static final class Topics extends DescribeTopicsResult {
    Topics(KafkaFuture<TopicDescription> topic) {
      super(null, Map.of("topic", topic));
    }
  }

  private static final class Configs extends DescribeConfigsResult {
    Configs() {
      super(
          Map.of(
              new ConfigResource(ConfigResource.Type.TOPIC, "topic"),
              KafkaFuture.completedFuture(new Config(List.of()))));
    }
  }

  private static KafkaFuture<TopicDescription> failed(Exception failure) {
    KafkaFutureImpl<TopicDescription> future = new KafkaFutureImpl<>();
    future.completeExceptionally(failure);
    return future;
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void aTopicThatOneBrokerHasNotHeardOfYetDoesNotEndTheStart() {
    known.add(KafkaFuture.completedFuture(THERE));
    known.add(failed(new UnknownTopicOrPartitionException("not heard of")));
    known.add(KafkaFuture.completedFuture(THERE));
    watch.start();

    assertThat(watch.awaitReady(LONG)).isTrue();
    assertThat(begun).hasValue(1);
  }

  @Test
  void aRefusalEndsTheStart() {
    known.add(failed(new TopicAuthorizationException("not for you")));
    watch.start();

    assertThatThrownBy(() -> watch.awaitReady(LONG))
        .isInstanceOf(IngestLogException.class)
        .hasMessageContaining("'topic' of the ingest log cannot be looked at: not for you");
    assertThat(begun).hasValue(0);
  }
}
