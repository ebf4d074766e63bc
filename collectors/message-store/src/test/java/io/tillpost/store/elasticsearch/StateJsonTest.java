package io.tillpost.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.Stage;
import io.tillpost.store.json.JsonBytes;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.RandomEvents;
import io.tillpost.testing.Samples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StateJsonTest {
  @Test
  void everyStateIsTheSameAfterItWasWrittenAndRead() {
    for (long seed = 0; seed < 3_000; seed++) {
      Message state = MessageFold.of(RandomEvents.of(seed));
      assertThat(StateReader.read(Json.MAPPER.readTree(document(state)).path("state")))
          .as("seed %d", seed)
          .isEqualTo(state);
    }
  }

  @Test
  void equalStatesAreWrittenAlike() {
    for (long seed = 0; seed < 300; seed++) {
      var events = RandomEvents.of(seed);
      assertThat(document(MessageFold.of(events.reversed())))
          .isEqualTo(document(MessageFold.of(events)));
    }
  }

  @Test
  void eachOfManyEventsStandsOnce() {
    MessageBuilder sale = Samples.aSale();
    List<MessageEvent> events = new ArrayList<>();
    for (int attempt = 1; attempt <= 30; attempt++) {
      sale.attempt(attempt, Samples.MORNING.plusSeconds(60L * attempt));
      events.addAll(sale.throughStage(Stage.FAILED));
    }
    Message state = MessageFold.of(events);
    JsonNode json = Json.MAPPER.readTree(document(state)).path("state");
    assertThat(StateReader.read(json)).isEqualTo(state);
    assertThat(json.path("said")).doesNotHaveDuplicates().hasSize(events.size());
  }

  @Test
  void aStateWithItsSearchFieldsStaysSmall() {
    assertThat(document(Samples.aSale().messageAt(Stage.CONFIRMED))).hasSizeLessThan(3_000);
  }

  private static String document(Message state) {
    JsonBytes json = new JsonBytes(new byte[16]);
    new StateDocument(Samples.workflows()).write(json, state);
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }
}
