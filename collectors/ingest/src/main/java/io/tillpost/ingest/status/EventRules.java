package io.tillpost.ingest.status;

import static io.tillpost.ingest.status.WrongFieldException.quote;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.ingest.masking.CardNumbers;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Stage;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks a received message event against the wire contract and masks card numbers in it. */
public final class EventRules {
  private static final int MAX_KEYS = 20;
  static final int MAX_KEY = 200;
  static final int MAX_NAME = 200;
  static final int MAX_SOURCE = 500;
  private static final int MAX_FAILURE_TEXT = 8_192;

  private static final Map<String, Stage> STAGES =
      Arrays.stream(Stage.values()).collect(Collectors.toMap(Stage::name, Function.identity()));
  private static final Map<String, FailureClass> CLASSES =
      Arrays.stream(FailureClass.values())
          .collect(Collectors.toMap(FailureClass::name, Function.identity()));

  private final TimeWindow window;
  private final Map<String, Masking> maskings;
  private final Masking ofAll;

  /** With the times that are believed, and card numbers masked in all workflows. */
  public EventRules(TimeWindow window) {
    this(window, Map.of());
  }

  /**
   * With the times that are believed.
   *
   * @param maskings what is masked, for workflows in which it is not card numbers alone
   */
  public EventRules(TimeWindow window, Map<String, Masking> maskings) {
    this.window = window;
    this.maskings = Map.copyOf(maskings);
    this.ofAll = Masking.all(maskings.values());
  }

  /** What is masked where it is not known of which workflow something is. */
  public Masking masking() {
    return ofAll;
  }

  /** What is masked in that workflow, or in any where it is not known what is masked in it. */
  Masking masking(@Nullable String workflow) {
    return workflow == null ? ofAll : maskings.getOrDefault(workflow, ofAll);
  }

  /** Which times are believed. */
  TimeWindow window() {
    return window;
  }

  /** Whether there is a workflow in which not card numbers alone are masked. */
  boolean hasOwnMaskings() {
    return !maskings.isEmpty();
  }

  /** Whether nothing but card numbers is masked in this workflow, and none of them is kept. */
  boolean masksCardsAlone(String workflow) {
    return !maskings.containsKey(workflow);
  }

  /** What was read. */
  public sealed interface Read {
    /** A good event. */
    record Good(MessageEvent event) implements Read {}

    /**
     * A wrong one.
     *
     * @param reason like {@code data.stage: 'SNT' is not a stage}
     */
    record Wrong(String reason) implements Read {}
  }

  /** Checks one event, and whether it is for this sender to send. */
  public Read read(Sender sender, EventInput input) {
    try {
      MessageEvent event = event(input);
      String problem = sender.problem(event.businessKey().storeId());
      return problem == null
          ? new Read.Good(event)
          : new Read.Wrong(input.name(EventField.STORE_ID) + ": " + problem);
    } catch (WrongFieldException e) {
      return new Read.Wrong(e.reason());
    }
  }

  private MessageEvent event(EventInput in) {
    String source = required(in, EventField.SOURCE, MAX_SOURCE, in.text(EventField.SOURCE));
    String id = required(in, EventField.ID, MAX_SOURCE, in.id());
    Stage stage = stage(in);
    Integer attempt = attempt(in);
    String workflow = required(in, EventField.WORKFLOW, MAX_NAME, in.text(EventField.WORKFLOW));
    Masking masking = maskings.getOrDefault(workflow, Masking.CARDS);
    return new MessageEvent(
        new EventId(source, id),
        new MessageId(
            required(
                in, EventField.MESSAGE_ID, MessageId.MAX_LENGTH, in.text(EventField.MESSAGE_ID))),
        CardNumbers.mask(workflow),
        stage,
        attempt == null ? 1 : attempt,
        believed(in, EventField.TIME, in.time()),
        believed(in, EventField.CAPTURED_AT, capturedAt(in)),
        optional(in, EventField.CORRELATION_ID, masking),
        optional(in, EventField.FROM_SYSTEM, masking),
        optional(in, EventField.TO_SYSTEM, masking),
        businessKey(in, masking),
        amount(in),
        optional(in, EventField.SCHEMA_VERSION, masking),
        stage.needsFailure() ? failure(in, masking) : null,
        Payloads.checkedAndMasked(in, masking),
        in.traceId(),
        in.spanId());
  }

  private static String required(
      EventInput in, EventField field, int maxLength, @Nullable String value) {
    if (value == null) {
      throw new WrongFieldException(in.name(field), "is missing");
    }
    if (value.isBlank()) {
      throw new WrongFieldException(in.name(field), "is empty");
    }
    return bounded(in, field, maxLength, value);
  }

  private static @Nullable String optional(EventInput in, EventField field, Masking masking) {
    String value = in.text(field);
    if (value == null || value.isBlank()) {
      return null;
    }
    String text = bounded(in, field, MAX_NAME, value);
    // An id that was changed would tie to nothing.
    return field == EventField.CORRELATION_ID ? text : masking.mask(text);
  }

  private static String bounded(EventInput in, EventField field, int maxLength, String value) {
    if (value.length() > maxLength) {
      throw new WrongFieldException(in.name(field), "has more than " + maxLength + " characters");
    }
    return value;
  }

  private static Stage stage(EventInput in) {
    String text = required(in, EventField.STAGE, Integer.MAX_VALUE, in.text(EventField.STAGE));
    Stage stage = STAGES.get(text);
    if (stage == null) {
      throw new WrongFieldException(in.name(EventField.STAGE), quote(text) + " is not a stage");
    }
    return stage;
  }

  private static @Nullable Integer attempt(EventInput in) {
    Long attempt = in.number(EventField.ATTEMPT);
    if (attempt == null) {
      return null;
    }
    if (attempt < 1 || attempt > MessageEvent.MAX_ATTEMPT) {
      throw new WrongFieldException(
          in.name(EventField.ATTEMPT),
          attempt + " is not a number from 1 to " + MessageEvent.MAX_ATTEMPT);
    }
    return attempt.intValue();
  }

  private static @Nullable Instant capturedAt(EventInput in) {
    String text = in.text(EventField.CAPTURED_AT);
    return text == null ? null : Times.parse(in.name(EventField.CAPTURED_AT), text);
  }

  private Instant believed(EventInput in, EventField field, @Nullable Instant time) {
    if (time == null) {
      throw new WrongFieldException(in.name(field), "is missing");
    }
    String problem = window.problem(time);
    if (problem != null) {
      throw new WrongFieldException(in.name(field), problem);
    }
    return time;
  }

  private static BusinessKey businessKey(EventInput in, Masking masking) {
    Long number = in.number(EventField.TRANSACTION_NUMBER);
    if (number != null && number < 0) {
      throw new WrongFieldException(in.name(EventField.TRANSACTION_NUMBER), "is negative");
    }
    refuseCard(in, EventField.TRANSACTION_NUMBER, number);
    return BusinessKey.of(
        optional(in, EventField.STORE_ID, masking),
        optional(in, EventField.REGISTER_ID, masking),
        businessDate(in, masking),
        number,
        keys(in, masking));
  }

  /** A number cannot be masked, and no till has counted to ten trillions. */
  private static void refuseCard(EventInput in, EventField field, @Nullable Long number) {
    if (number != null && CardNumbers.isCardNumber(number)) {
      throw new WrongFieldException(in.name(field), "is the number of a payment card");
    }
  }

  private static @Nullable LocalDate businessDate(EventInput in, Masking masking) {
    String text = optional(in, EventField.BUSINESS_DATE, masking);
    if (text == null) {
      return null;
    }
    LocalDate usual = Times.date(text);
    if (usual != null) {
      return usual;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw new WrongFieldException(
          in.name(EventField.BUSINESS_DATE), quote(text) + " is not a date like 2026-11-23");
    }
  }

  private static Map<String, String> keys(EventInput in, Masking masking) {
    Map<String, String> keys = in.keys();
    String name = in.name(EventField.KEYS);
    if (keys.size() > MAX_KEYS) {
      throw new WrongFieldException(name, "has more than " + MAX_KEYS + " keys");
    }
    Map<String, String> masked = new TreeMap<>();
    keys.forEach(
        (key, value) -> {
          if (key.isBlank() || key.length() > MAX_KEY) {
            throw new WrongFieldException(name, "a key's name has 1 to 200 characters");
          }
          if (key.indexOf('\0') >= 0) {
            throw new WrongFieldException(name, "a key's name has a NUL character");
          }
          if (value.length() > MAX_KEY) {
            throw new WrongFieldException(
                name + "." + key, "has more than " + MAX_KEY + " characters");
          }
          masked.put(masking.mask(key), masking.mask(key, value));
        });
    return masked;
  }

  private static @Nullable Money amount(EventInput in) {
    if (!in.hasAmount()) {
      return null;
    }
    Long minor = in.number(EventField.AMOUNT_MINOR);
    if (minor == null) {
      throw new WrongFieldException(in.name(EventField.AMOUNT_MINOR), "is missing");
    }
    refuseCard(in, EventField.AMOUNT_MINOR, minor);
    String currency =
        required(
            in, EventField.AMOUNT_CURRENCY, Integer.MAX_VALUE, in.text(EventField.AMOUNT_CURRENCY));
    if (!Money.isCurrencyCode(currency)) {
      throw new WrongFieldException(
          in.name(EventField.AMOUNT_CURRENCY), quote(currency) + " is not a currency like EUR");
    }
    return new Money(minor, currency);
  }

  private static Failure failure(EventInput in, Masking masking) {
    String code = required(in, EventField.FAILURE_CODE, MAX_NAME, in.text(EventField.FAILURE_CODE));
    String text = in.text(EventField.FAILURE_MESSAGE);
    String message = text == null ? "" : masking.mask(bounded(text));
    return new Failure(
        masking.mask(code),
        message.length() <= MAX_FAILURE_TEXT ? message : message.substring(0, MAX_FAILURE_TEXT),
        optional(in, EventField.FAILURE_FIELD, masking),
        failureClass(in));
  }

  /** Much more than is kept, so that what is masked in it is not cut before. */
  private static String bounded(String text) {
    return text.length() <= 2 * MAX_FAILURE_TEXT ? text : text.substring(0, 2 * MAX_FAILURE_TEXT);
  }

  private static @Nullable FailureClass failureClass(EventInput in) {
    String text = in.text(EventField.FAILURE_CLASS);
    if (text == null) {
      return null;
    }
    FailureClass found = CLASSES.get(text);
    if (found == null) {
      throw new WrongFieldException(
          in.name(EventField.FAILURE_CLASS), quote(text) + " is not a failure class");
    }
    return found;
  }
}
