package io.tillpost.testing;

import io.tillpost.failure.Failure;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.trace.TraceId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the events of one message for a test. Every event repeats what is known of the message;
 * the payload goes with the events that {@link #payload} precedes. Stages of an attempt are a
 * second apart, the first one at the time of capture.
 */
public final class MessageBuilder {
  private static final List<Stage> PATH =
      Arrays.stream(Stage.values()).filter(Stage::isOnPath).toList();

  private final String workflow;
  private String id;
  private Instant capturedAt = Samples.MORNING;
  private @Nullable String correlationId;
  private @Nullable String source = "pos";
  private @Nullable String target = "erp";
  private @Nullable String storeId = "0412";
  private @Nullable String registerId = "03";
  private @Nullable Long transactionNumber;
  private @Nullable Money amount = new Money(12_999, "EUR");
  private final TreeMap<String, String> keys = new TreeMap<>();
  private @Nullable Payload payload;
  private @Nullable TraceId traceId;
  private Failure failure = new FailureBuilder().build();
  private int attempt = 1;
  private @Nullable Instant attemptStart;

  MessageBuilder(String workflow, String kind, long number) {
    this.workflow = workflow;
    this.transactionNumber = number;
    id = "%s-0412-03-20261123-%06d".formatted(kind, number);
    correlationId = "c-" + id;
    keys.put("receipt", "0412-03-" + number);
  }

  public MessageBuilder id(String newId) {
    id = newId;
    return this;
  }

  public MessageBuilder capturedAt(Instant moment) {
    capturedAt = moment;
    return this;
  }

  public MessageBuilder correlationId(@Nullable String newCorrelationId) {
    correlationId = newCorrelationId;
    return this;
  }

  public MessageBuilder source(@Nullable String newSource) {
    source = newSource;
    return this;
  }

  public MessageBuilder target(@Nullable String newTarget) {
    target = newTarget;
    return this;
  }

  public MessageBuilder store(@Nullable String newStoreId) {
    storeId = newStoreId;
    return this;
  }

  public MessageBuilder register(@Nullable String newRegisterId) {
    registerId = newRegisterId;
    return this;
  }

  public MessageBuilder transactionNumber(@Nullable Long number) {
    transactionNumber = number;
    return this;
  }

  public MessageBuilder amount(long minor, String currency) {
    amount = new Money(minor, currency);
    return this;
  }

  public MessageBuilder noAmount() {
    amount = null;
    return this;
  }

  public MessageBuilder key(String name, String value) {
    keys.put(name, value);
    return this;
  }

  public MessageBuilder noKeys() {
    keys.clear();
    return this;
  }

  /** JSON that goes with the events from here on; null for none. */
  public MessageBuilder payload(@Nullable String json) {
    payload = json == null ? null : new Payload("application/json", json, false);
    return this;
  }

  public MessageBuilder trace(@Nullable TraceId newTrace) {
    traceId = newTrace;
    return this;
  }

  /** Why the message fails in the events from here on. */
  public MessageBuilder failingWith(Failure newFailure) {
    failure = newFailure;
    return this;
  }

  /** The events from here on belong to that attempt, which begins at that moment. */
  public MessageBuilder attempt(int number, Instant start) {
    attempt = number;
    attemptStart = start;
    return this;
  }

  /** The name of the message. */
  public MessageId messageId() {
    return new MessageId(id);
  }

  /**
   * The events of the whole path of the attempt up to that stage, in order. A stage off the path
   * follows {@code SUBMITTED}. Attempts after the first begin at {@code RECEIVED}.
   */
  public List<MessageEvent> throughStage(Stage last) {
    List<MessageEvent> events = new ArrayList<>();
    Arrays.stream(Stage.values())
        .filter(stage -> stage == last || (stage.isOnPath() && stage.compareTo(last) < 0))
        .filter(stage -> stage != Stage.CONFIRMED || last == Stage.CONFIRMED)
        .filter(stage -> stage != Stage.CAPTURED || attempt == 1)
        .forEach(stage -> events.add(event(stage)));
    return events;
  }

  /** One event of the attempt, at the stage's usual time. */
  public MessageEvent event(Stage stage) {
    int second = PATH.indexOf(stage.isOnPath() ? stage : Stage.CONFIRMED);
    Instant start = attemptStart == null ? capturedAt : attemptStart;
    return event(stage, start.plus(Duration.ofSeconds(second)));
  }

  /** One event of the attempt at that moment. */
  public MessageEvent event(Stage stage, Instant time) {
    String reporter = stage == Stage.CAPTURED ? "/tills/0412/03" : "/middleware/erp-adapter";
    return new MessageEvent(
        new EventId(reporter, id + ":" + attempt + ":" + stage),
        messageId(),
        workflow,
        stage,
        attempt,
        time,
        capturedAt,
        correlationId,
        source,
        target,
        BusinessKey.of(storeId, registerId, businessDate(), transactionNumber, keys),
        amount,
        "sales/2",
        stage.needsFailure() ? failure : null,
        payload,
        traceId,
        null);
  }

  /** The state after the whole path up to that stage. */
  public Message messageAt(Stage last) {
    return MessageFold.of(throughStage(last));
  }

  private @Nullable LocalDate businessDate() {
    return transactionNumber == null ? null : capturedAt.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
