package io.tillpost.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.ingest.status.EventRules.Read;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CloudEventReaderTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Sender SENDER = Sender.unbound("test");
  private static final EventRules RULES =
      new EventRules(
          new TimeWindow(
              Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC),
              Duration.ofDays(30),
              Duration.ofMinutes(10)));
  private static final String EVENT =
      """
      {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"e1",
      "source":"/middleware/erp-adapter","subject":"sale-1","time":"2026-11-24T10:15:04.250Z",
      "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","extra":{"a":[1]},
      "data":{"stage":"FAILED","workflow":"sales-posting","attempt":2,
      "capturedAt":"2026-11-24T10:14:58.100Z","correlationId":"c-1","source":"pos","target":"erp",
      "storeId":"0412","registerId":"03","businessDate":"2026-11-23","transactionNumber":4711,
      "amount":{"minor":12999,"currency":"EUR","x":0},"keys":{"receipt":"0412-03-4711","sku":null},
      "schemaVersion":"sales/2","more":[{"b":{}}],
      "failure":{"code":"TAX","message":"Card 4111 1111 1111 1111","field":"l[2]",
      "class":"BUSINESS_RULE"},
      "payload":{"contentType":"application/json","body":"{\\"pan\\":\\"4111111111111111\\"}"}}}
      """;

  @Test
  void whatIsReadInPassingIsWhatTheTreeSays() {
    Read.Good good = (Read.Good) tree(JSON.readTree(EVENT));
    assertThat(passing("[" + EVENT + "," + EVENT + "]")).containsExactly(good, good);
  }

  @Test
  void anEventThatIsNotAsItShouldBeIsLeftToTheTreeOrIsReadAlike() {
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      JsonNode event = JSON.readTree(EVENT);
      for (int n = 1 + random.nextInt(2); n > 0; n--) {
        spoil(event, random);
      }
      List<Read> passing = passing("[" + event + "]");
      if (!passing.isEmpty()) {
        read++;
        assertThat(passing).as(event.toString()).containsExactly(tree(event));
      }
    }
    assertThat(read).isGreaterThan(2_000);
  }

  private static void spoil(JsonNode event, Random random) {
    ObjectNode object = (ObjectNode) event;
    while (true) {
      List<String> names = new ArrayList<>(object.propertyNames());
      if (names.isEmpty()) {
        return;
      }
      String name = names.get(random.nextInt(names.size()));
      if (object.get(name) instanceof ObjectNode inner && random.nextInt(4) > 0) {
        object = inner;
        continue;
      }
      JsonNode before = object.get(name);
      switch (random.nextInt(8)) {
        case 0 -> object.remove(name);
        case 1 -> object.putNull(name);
        case 2 -> object.put(name, 7);
        case 3 -> object.put(name, "");
        case 4 -> object.set(name, JSON.createArrayNode().add(before));
        case 5 -> object.put(name, 1.5);
        case 6 -> object.set(name, JSON.readTree("123456789012345678901234567890"));
        default -> object.put("un" + name, "known");
      }
      return;
    }
  }

  /** What was read; nothing for what was left to the tree. */
  private static List<Read> passing(String array) {
    List<Read> all = new ArrayList<>();
    try (JsonParser json = JSON.createParser(array)) {
      json.nextToken();
      CloudEventReader reader = new CloudEventReader(json);
      int events = 0;
      while (json.nextToken() != tools.jackson.core.JsonToken.END_ARRAY) {
        EventInput input = reader.read();
        events++;
        if (input != null) {
          all.add(RULES.read(SENDER, input));
        }
      }
      assertThat(events).isEqualTo(((ArrayNode) JSON.readTree(array)).size());
    }
    return all;
  }

  private static Read tree(JsonNode event) {
    CloudEventInput input = new CloudEventInput(event);
    try {
      input.checkEnvelope();
    } catch (WrongFieldException e) {
      return new Read.Wrong(e.reason());
    }
    return RULES.read(SENDER, input);
  }
}
