package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.channel.ChannelAnswer;
import io.tillpost.console.recovery.channel.ChannelTransport;
import io.tillpost.console.recovery.channel.LookedUp;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A middleware that keeps a ledger: which attempts it took, and what became of them. It takes each
 * key once, and fails the test where an attempt comes while an earlier one may still get through.
 */
final class ModelChannel implements ChannelTransport {
  /** What becomes of an attempt that was taken, as the target knows it. */
  enum Fate {
    CONFIRMED,
    FAILED,
    /** Nobody ever reports it. */
    SILENT
  }

  private final Random random;
  private Consumer<MessageId> watcher = _ -> {};
  private Doubts accepted = (_, _, _) -> false;
  private final Set<String> requests = new HashSet<>();
  private final Map<String, Fate> taken = new HashMap<>();
  private final Set<String> reported = new HashSet<>();
  private final Deque<Report> pending = new ArrayDeque<>();

  ModelChannel(Random random) {
    this.random = random;
  }

  /** Is told of every request before anything else is done with it. */
  void watch(Consumer<MessageId> newWatcher) {
    watcher = newWatcher;
  }

  /** Knows which attempts were made although nobody knew of an earlier one how it ended. */
  interface Doubts {
    /** Whether a person who looked at this message by itself said so. */
    boolean accepted(String operationId, MessageId message, int earlier);
  }

  /** Asks that before it finds fault with an attempt. */
  void ask(Doubts newAccepted) {
    accepted = newAccepted;
  }

  /** One message event that is on its way. */
  record Report(MessageId message, int attempt, Stage stage) {
    String key() {
      return message + ":" + attempt;
    }
  }

  @Override
  public ChannelAnswer post(RecoveryChannel channel, byte[] body, String key, String traceparent) {
    JsonNode json = JsonMapper.shared().readTree(body);
    MessageId message = new MessageId(json.get("messageId").stringValue());
    int attempt = json.get("attempt").intValue();
    assertThat(key).isEqualTo(message + ":" + attempt);
    String action = json.get("action").stringValue();
    assertThat(action).isIn("RETRY", "EDIT_AND_RETRY", "REPLAY");
    assertThat(json.get("payload").isNull()).isEqualTo(action.equals("RETRY"));
    watcher.accept(message);
    if (requests.add(key)) {
      noOtherAttemptMayGetThrough(
          json.get("operationId").stringValue(), message, attempt, action.equals("REPLAY"));
    }
    if (taken.containsKey(key)) {
      return random.nextInt(4) == 0
          ? new ChannelAnswer.Unknown("The channel answered 500: an error of its own")
          : new ChannelAnswer.Taken();
    }
    return switch (random.nextInt(10)) {
      case 0 -> new ChannelAnswer.Refused("The channel answered 422: it refuses the content");
      case 1 -> new ChannelAnswer.SlowDown(Duration.ofMillis(300), "429");
      case 2 -> new ChannelAnswer.Unknown("The channel answered 500: an error of its own");
      case 3 -> {
        take(message, attempt, key);
        yield new ChannelAnswer.Unknown("The channel did not answer in time");
      }
      case 4 -> {
        taken.put(key, Fate.CONFIRMED);
        pending.add(new Report(message, attempt, Stage.CONFIRMED));
        yield new ChannelAnswer.AlreadyDone("The channel answered 409: it has it already");
      }
      default -> {
        take(message, attempt, key);
        yield new ChannelAnswer.Taken();
      }
    };
  }

  /** The truth, or no answer: whether any attempt got through, or may still do so. */
  @Override
  public LookedUp lookUp(RecoveryChannel channel, Message message) {
    String prefix = message.id() + ":";
    if (random.nextInt(3) == 0) {
      return new LookedUp.NotKnown("the channel answered 500, an error of its own");
    }
    Set<Fate> fates =
        taken.entrySet().stream()
            .filter(e -> e.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .collect(Collectors.toSet());
    if (fates.contains(Fate.CONFIRMED)) {
      return new LookedUp.Posted();
    }
    return fates.contains(Fate.SILENT) ? new LookedUp.Pending() : new LookedUp.Absent();
  }

  /** The keys of all attempts that came in. */
  Set<String> requests() {
    return Set.copyOf(requests);
  }

  /** Events that are on their way, some of them twice and out of order. */
  List<Report> arriving() {
    List<Report> now = new ArrayList<>();
    for (int i = random.nextInt(1 + pending.size()); i > 0; i--) {
      Report report = random.nextBoolean() ? pending.removeFirst() : pending.removeLast();
      now.add(report);
      reported.add(report.key());
      if (random.nextInt(4) == 0) {
        pending.add(report);
      }
    }
    return now;
  }

  /** All events that are still on their way. */
  List<Report> rest() {
    List<Report> all = List.copyOf(pending);
    all.forEach(report -> reported.add(report.key()));
    pending.clear();
    return all;
  }

  /** Whether the target has the message by that attempt. */
  boolean has(String key) {
    return taken.get(key) == Fate.CONFIRMED;
  }

  /** Whether the target has the message by any attempt. */
  boolean hasAny(String message) {
    return taken.entrySet().stream()
        .anyMatch(e -> e.getValue() == Fate.CONFIRMED && e.getKey().startsWith(message + ":"));
  }

  /** Whether the target has the message by that attempt or a later one. */
  boolean hasSince(String message, int attempt) {
    return taken.entrySet().stream()
        .filter(e -> e.getValue() == Fate.CONFIRMED)
        .map(Map.Entry::getKey)
        .filter(key -> key.startsWith(message + ":"))
        .anyMatch(key -> Integer.parseInt(key.substring(message.length() + 1)) >= attempt);
  }

  private void take(MessageId message, int attempt, String key) {
    Fate fate =
        switch (random.nextInt(6)) {
          case 0, 1 -> Fate.FAILED;
          case 2 -> Fate.SILENT;
          default -> Fate.CONFIRMED;
        };
    taken.put(key, fate);
    switch (fate) {
      case CONFIRMED -> {
        pending.add(new Report(message, attempt, Stage.RECEIVED));
        pending.add(new Report(message, attempt, Stage.CONFIRMED));
      }
      case FAILED -> pending.add(new Report(message, attempt, Stage.FAILED));
      case SILENT -> pending.add(new Report(message, attempt, Stage.RECEIVED));
    }
  }

  private void noOtherAttemptMayGetThrough(
      String operation, MessageId message, int attempt, boolean replay) {
    for (int earlier = 2; earlier < attempt; earlier++) {
      String key = message + ":" + earlier;
      Fate fate = taken.get(key);
      // A replay sends again what got through, as long as that is known.
      boolean ended = fate == Fate.FAILED || (replay && fate == Fate.CONFIRMED);
      assertThat(
              fate == null
                  || (ended && reported.contains(key))
                  || accepted.accepted(operation, message, earlier))
          .as("attempt %d of %s while attempt %d is %s", attempt, message, earlier, fate)
          .isTrue();
    }
  }
}
