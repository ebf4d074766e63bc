package io.tillpost.console.recovery;

import static org.awaitility.Awaitility.await;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Failed messages of a console that runs, and what its middleware makes of them. */
final class FailedMessages {
  private final Stores stores;
  private final TestChannel channel;
  private final Map<String, MessageBuilder> known = new ConcurrentHashMap<>();

  FailedMessages(Stores stores, TestChannel channel) {
    this.stores = stores;
    this.channel = channel;
  }

  /** So many of them, with this code. */
  List<MessageBuilder> failed(String code, int count, Supplier<MessageBuilder> what) {
    List<MessageBuilder> messages = new ArrayList<>();
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MessageBuilder message =
          what.get()
              .capturedAt(Instant.now().minusSeconds(900))
              .payload("{\"unit\":\"pcs\",\"quantity\":1,\"amount\":12999}")
              .failingWith(Samples.aFailure().code(code).message("Article is unknown").build());
      known.put(message.messageId().value(), message);
      messages.add(message);
      events.addAll(message.throughStage(Stage.FAILED));
    }
    write(events);
    return messages;
  }

  /** What went out for these, each as often as it did. */
  List<TestChannel.Call> calls(List<MessageBuilder> messages) {
    return channel.calls().stream()
        .filter(
            call -> messages.stream().anyMatch(one -> call.key().startsWith(one.messageId() + ":")))
        .toList();
  }

  /** The idempotency keys of {@link #calls}. */
  List<String> sent(List<MessageBuilder> messages) {
    return calls(messages).stream().map(TestChannel.Call::key).toList();
  }

  /** Waits until the channel has taken all of these and nothing is heard of them. */
  void awaitTaken(List<MessageBuilder> messages) {
    Set<String> ids =
        messages.stream().map(one -> one.messageId().value()).collect(Collectors.toSet());
    DocumentQuery taken =
        DocumentQuery.ALL
            .and(new Condition.AnyOf("message_id", ids))
            .where("state", ItemState.SENT.name());
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stores.documents().of(RecoveryKinds.ITEMS).count(taken) == ids.size());
  }

  /** The middleware takes the request and the target confirms it. */
  TestChannel.Answer takeAndConfirm(TestChannel.Call call) {
    confirm(call);
    return TestChannel.Answer.of(202);
  }

  /** The target confirms all that went out for these. */
  void confirm(List<MessageBuilder> messages) {
    calls(messages).forEach(this::confirm);
  }

  private void confirm(TestChannel.Call call) {
    MessageBuilder message = known.get(call.json().get("messageId").stringValue());
    write(
        List.of(
            message.attempt(RecoveryWorld.attempt(call), Instant.now()).event(Stage.CONFIRMED)));
  }

  void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }
}
