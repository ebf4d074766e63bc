package io.tillpost.store.json;

import static io.tillpost.testing.Samples.MORNING;
import static io.tillpost.testing.Samples.aSale;
import static io.tillpost.testing.Samples.aStockUpdate;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Stage;
import io.tillpost.store.WrittenEvent;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.trace.TraceId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrittenEventsTest {
  private final Random random = new Random(4711);

  @Test
  void anEventIsReadBackWholeFromWhatIsWritten() {
    for (MessageEvent event : events()) {
      assertThat(WrittenEvents.whole(EventJson.written(event))).isEqualTo(event);
    }
  }

  @Test
  void theEventsOfAMessageGiveTheSameStateAsTheyDidBefore() {
    for (int i = 0; i < 500; i++) {
      List<MessageEvent> events = events();
      WrittenEvents written = new WrittenEvents();
      List<MessageEvent> read =
          events.stream().map(event -> written.read(EventJson.written(event))).toList();
      assertThat(MessageFold.of(read)).isEqualTo(MessageFold.of(events));
      assertThat(read)
          .extracting(MessageEvent::id)
          .isEqualTo(events.stream().map(MessageEvent::id).toList());
    }
  }

  @Test
  void messagesThatSayTheSameAreNotTakenForEachOther() {
    WrittenEvents written = new WrittenEvents();
    List<MessageEvent> events =
        Stream.generate(() -> aStockUpdate().correlationId("of all"))
            .limit(3)
            .flatMap(update -> update.throughStage(Stage.RECEIVED).stream())
            .toList();
    assertThat(events.stream().map(MessageEvent::messageId).distinct()).hasSize(3);
    assertThat(events.stream().map(event -> written.read(EventJson.written(event))))
        .isEqualTo(events);
  }

  @Test
  void theStageIsReadWithoutTheRest() {
    for (MessageEvent event : events()) {
      assertThat(WrittenEvents.stage(EventJson.written(event))).isEqualTo(event.stage());
    }
    MessageEvent odd = aSale().id("odd \"id\"").event(Stage.QUEUED);
    assertThat(WrittenEvents.stage(EventJson.written(odd))).isEqualTo(Stage.QUEUED);
  }

  @Test
  void aStageThatIsNotKnownIsNoStage() {
    WrittenEvent event = EventJson.written(aSale().event(Stage.QUEUED));
    String json = new String(event.bytes(), event.from(), event.to(), UTF_8);
    event.bytes()[event.from() + json.indexOf("\"QUEUED\"") + 1] = 'X';
    assertThatThrownBy(() -> WrittenEvents.stage(event))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WrittenEvents().read(event))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<MessageEvent> events() {
    List<MessageEvent> events = new ArrayList<>();
    MessageBuilder sale = aSale();
    events.addAll(sale.throughStage(Stage.FAILED));
    sale.attempt(2, MORNING.plusSeconds(60));
    if (random.nextBoolean()) {
      sale.trace(new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"));
    }
    sale.payload("{\"name\": \"M\u00fcller\"}");
    events.addAll(sale.throughStage(Stage.VALIDATED));
    sale.key(random.nextBoolean() ? "odd \"name\"" : "sku", "A-1\t");
    sale.correlationId(random.nextBoolean() ? null : "c \\ \u20ac");
    events.addAll(sale.throughStage(Stage.CONFIRMED));
    Collections.shuffle(events, random);
    return events;
  }
}
