package io.tillpost.testing;

import io.tillpost.failure.Failure;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.EventId;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Money;
import io.tillpost.message.Payload;
import io.tillpost.message.Stage;
import io.tillpost.trace.TraceId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes events of one message at random from few values, so that equal times, equal ids with other
 * content, missing facts and contradictions come up all the time. The same seed gives the same
 * events.
 */
public final class RandomEvents {
  private final Random random;

  private RandomEvents(long seed) {
    random = new Random(seed);
  }

  /** One to fifteen events. */
  public static List<MessageEvent> of(long seed) {
    RandomEvents made = new RandomEvents(seed);
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i <= made.random.nextInt(15); i++) {
      events.add(made.event());
    }
    return events;
  }

  private MessageEvent event() {
    Stage stage = oneOf(Stage.values());
    return new MessageEvent(
        new EventId(oneOf("/till", "/middleware", "/erp"), "e" + random.nextInt(6)),
        new MessageId("m-\u00FC\"1\""),
        oneOf("sales-posting", "returns"),
        stage,
        1 + random.nextInt(3),
        moment(),
        moment(),
        sometimes(oneOf("c-1", "c-2")),
        sometimes(oneOf("pos", "shop")),
        sometimes(oneOf("erp", "loyalty")),
        key(),
        sometimes(new Money(random.nextInt(3) - 1, oneOf("EUR", "CHF"))),
        sometimes(oneOf("sales/1", "sales/2")),
        stage.needsFailure() ? failure() : sometimes(failure()),
        sometimes(new Payload("application/json", "{}", random.nextBoolean())),
        sometimes(new TraceId(oneOf("4bf92f3577b34da6a3ce929d0e0e4736", "0".repeat(31) + "1"))),
        null);
  }

  private BusinessKey key() {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < random.nextInt(3); i++) {
      keys.put(oneOf("receipt", "sku", "l\u00E4nge"), oneOf("", "R-1", "A \uD83D\uDED2"));
    }
    return BusinessKey.of(
        sometimes(oneOf("0412", "0413")),
        sometimes(oneOf("01", "02")),
        sometimes(LocalDate.of(2026, 11, 22 + random.nextInt(2))),
        sometimes((long) random.nextInt(3)),
        keys);
  }

  private Failure failure() {
    return new Failure(
        oneOf("E1", "E2"),
        oneOf("", "Item 1 is missing"),
        sometimes("lines[0]"),
        sometimes(oneOf(FailureClass.values())));
  }

  private Instant moment() {
    return Samples.MORNING.plusNanos(random.nextInt(4) * 500_000_000L + random.nextInt(2));
  }

  @SafeVarargs
  private <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  private <T> T sometimes(T value) {
    return random.nextInt(3) == 0 ? null : value;
  }
}
