package io.tillpost.ingest.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.ingest.log.IngestRecord;
import io.tillpost.ingest.log.IngestRecord.OfEvent;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.ingest.receive.TimeWindow;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.EventJson;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EventRequestTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MOST = 50;
  private static final EventRules RULES =
      new EventRules(
          new TimeWindow(
              Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC),
              Duration.ofDays(30),
              Duration.ofMinutes(10)));
  private static final JsonBodies BODIES = new JsonBodies(1 << 20);
  private static final Sender ANYBODY = Sender.unbound("test");
  private static final Sender OF_A_STORE =
      new Sender("of-0412", Set.of("0412"), null, null, System::nanoTime);
  private static final String EVENT =
      """
      {"specversion":"1.0","type":"io.tillpost.message-event.v1","id":"e1",
      "source":"/middleware/erp-adapter","subject":"sale-1","time":"2026-11-24T10:15:04.250Z",
      "datacontenttype":"application/json",
      "traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      "data":{"stage":"SUBMITTED","workflow":"sales-posting","attempt":2,
      "capturedAt":"2026-11-24T10:14:58Z","correlationId":"c-1","source":"pos","target":"erp",
      "storeId":"0412","registerId":"03","businessDate":"2026-11-23","transactionNumber":4711,
      "amount":{"minor":-12999,"currency":"EUR"},"keys":{"sku":"A-1","receipt":"0412-03-4711"},
      "schemaVersion":"sales/2",
      "payload":{"contentType":"application/json","body":"{\\"price\\":12999,\\n\\"quantity\\":100,\\"total\\":25998}"}}}
      """;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "M\u00fcller & \u20ac \uD83D\uDED2",
          "\u00d6l",
          "\u2003",
          "tab\t and \"quotes\" \\ \n",
          "\u0001",
          "a/b",
          "4111111111111111",
          "card 4111 1111 1111 1111 was used",
          "9".repeat(12),
          "4711-0815-1234-56",
          "x".repeat(200),
          "x".repeat(201),
          "\u00e9".repeat(150),
          "y".repeat(501),
          "2026-11-24T10:15:04.25Z",
          "2026-11-24T10:15:04+01:00",
          "2026-02-30",
          "2019-11-24T10:15:04Z",
          "2026-11-25T10:15:04Z",
          "FAILED",
          "RESTORED",
          "EUR",
          "eur",
          "00-4BF92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
          "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01");

  private static final List<Long> NUMBERS =
      List.of(
          0L,
          -1L,
          1L,
          1_000L,
          1_001L,
          Integer.MAX_VALUE + 1L,
          999_999_999_999L,
          4_111_111_111_111_111L,
          -4_111_111_111_111_111L,
          Long.MAX_VALUE);

  private final Random random = new Random(4711);

  @Test
  void aUsualEventIsWrittenFromItsBytes() {
    List<IngestRecord> read = quick("[" + EVENT + "," + EVENT + "]", false, ANYBODY);
    assertThat(read).hasSize(2).allMatch(OfWrittenEvent.class::isInstance);
    assertThat(quick(EVENT, true, OF_A_STORE))
        .hasSize(1)
        .allMatch(OfWrittenEvent.class::isInstance);
  }

  @Test
  void anEventIsWrittenFromItsBytesAsItIsReadInPassing() {
    int fast = 0;
    for (int i = 0; i < 6_000; i++) {
      JsonNode event = JSON.readTree(EVENT);
      for (int n = random.nextInt(3); n > 0; n--) {
        spoil(event);
      }
      String body = "[" + EVENT + " , " + event + "]";
      Sender sender = random.nextBoolean() ? ANYBODY : OF_A_STORE;
      List<IngestRecord> read = quick(body, false, sender);
      assertThat(read).as(body).isNotNull();
      assertThat(documents(read)).as(body).isEqualTo(documents(slow(body, false, sender)));
      fast += read.getLast() instanceof OfWrittenEvent ? 1 : 0;
    }
    assertThat(fast).isGreaterThan(2_000);
  }

  @Test
  void everyValueInEveryPlaceIsReadAlike() {
    for (String pointer : places(JSON.readTree(EVENT), "")) {
      int end = pointer.lastIndexOf('/');
      String name = pointer.substring(end + 1);
      for (String text : TEXTS) {
        isReadAlike(event -> in(event, pointer.substring(0, end)).put(name, text));
      }
      for (Long number : NUMBERS) {
        isReadAlike(event -> in(event, pointer.substring(0, end)).put(name, number));
      }
    }
    for (String text : TEXTS) {
      isReadAlike(event -> in(event, "/data/keys").put(text, "a value"));
    }
    // In UTF-16 they are in another order than in UTF-8.
    isReadAlike(event -> in(event, "/data/keys").put("a\uFF21", "1").put("a\uD83D\uDED2", "2"));
    isReadAlike(
        event -> {
          for (int i = 3; i <= 21; i++) {
            in(event, "/data/keys").put("key" + i, "value");
          }
        });
  }

  @Test
  void whatTheEventBeforeSaysIsNotOfTheNext() {
    for (String pointer : places(JSON.readTree(EVENT), "/data")) {
      int end = pointer.lastIndexOf('/');
      JsonNode without = JSON.readTree(EVENT);
      in(without, pointer.substring(0, end)).remove(pointer.substring(end + 1));
      List<IngestRecord> alone = quick("[" + without + "]", false, ANYBODY);
      List<IngestRecord> second = quick("[" + EVENT + "," + without + "]", false, ANYBODY);
      assertThat(documents(second).getLast()).as(pointer).isEqualTo(documents(alone).getFirst());
      assertThat(second.getLast() instanceof OfWrittenEvent)
          .as(pointer)
          .isEqualTo(alone.getFirst() instanceof OfWrittenEvent);
    }
  }

  @Test
  void whatTheBodyBeforeSaysIsNotOfTheNext() {
    Room room = new Room(16);
    JsonNode other = JSON.readTree(EVENT);
    in(other, "/data").put("storeId", "0815").put("source", "an-other-source");
    String many = "[" + (other + ",").repeat(20) + other + "]";
    List<IngestRecord> before = quick(many, false, ANYBODY, room);
    List<Object> first = documents(before);
    List<IngestRecord> read = quick(EVENT, true, ANYBODY, room);
    assertThat(documents(read)).isEqualTo(documents(quick(EVENT, true, ANYBODY)));
    // It stands where the body before was.
    assertThat(((OfWrittenEvent) read.getFirst()).event().bytes())
        .isSameAs(((OfWrittenEvent) before.getLast()).event().bytes());
    assertThat(documents(quick(many, false, ANYBODY, room))).isEqualTo(first);
  }

  @Test
  void theOrderOfTheMembersDoesNotCount() {
    JsonNode backwards = backwards(JSON.readTree(EVENT));
    List<IngestRecord> read =
        quick("[" + EVENT + "," + backwards + "," + EVENT + "]", false, ANYBODY);
    assertThat(read).hasSize(3).allMatch(OfWrittenEvent.class::isInstance);
    assertThat(Set.copyOf(documents(read)))
        .isEqualTo(Set.copyOf(documents(quick(EVENT, true, ANYBODY))));
  }

  private static JsonNode backwards(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode turned = JSON.createObjectNode();
    for (String name : List.copyOf(node.propertyNames()).reversed()) {
      turned.set(name, backwards(node.get(name)));
    }
    return turned;
  }

  private static void isReadAlike(Consumer<JsonNode> change) {
    JsonNode event = JSON.readTree(EVENT);
    change.accept(event);
    String body = "[" + event + "]";
    for (Sender sender : List.of(ANYBODY, OF_A_STORE)) {
      assertThat(documents(quick(body, false, sender)))
          .as(body)
          .isEqualTo(documents(slow(body, false, sender)));
    }
  }

  /** Pointers to all members below this one, at any depth. */
  private static List<String> places(JsonNode event, String below) {
    List<String> places = new ArrayList<>();
    JsonNode from = below.isEmpty() ? event : event.at(below);
    from.propertyNames()
        .forEach(
            name -> {
              places.add(below + "/" + name);
              places.addAll(places(event, below + "/" + name));
            });
    return places;
  }

  private static ObjectNode in(JsonNode event, String pointer) {
    return (ObjectNode) (pointer.isEmpty() ? event : event.at(pointer));
  }

  @Test
  void brokenBytesAreLeftToAParserOrReadAlike() {
    byte[] whole = ("[" + EVENT + "," + EVENT + "]").getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < 12_000; i++) {
      byte[] broken = whole.clone();
      for (int n = 1 + random.nextInt(2); n > 0; n--) {
        broken[random.nextInt(broken.length)] =
            random.nextBoolean() ? (byte) random.nextInt() : whole[random.nextInt(whole.length)];
      }
      ReceivedEvents quick = new ReceivedEvents(ANYBODY, RULES, MOST);
      if (new EventRequest(broken, BODIES, RULES, ANYBODY, new Room(16), quick).read(false)) {
        read++;
        ReceivedEvents slow = new ReceivedEvents(ANYBODY, RULES, MOST);
        String text = new String(broken, StandardCharsets.UTF_8);
        assertThat(BODIES.walk(broken, slow::batch)).as(text).isNull();
        assertThat(slow.isNoBatch()).isFalse();
        assertThat(documents(all(quick))).as(text).isEqualTo(documents(all(slow)));
      }
    }
    assertThat(read).isGreaterThan(600);
  }

  @Test
  void theSameNameTwiceIsForAParserToRefuse() {
    for (String twice :
        List.of(
            EVENT.replace("\"id\":", "\"subject\":"),
            EVENT.replace("\"storeId\":", "\"registerId\":"),
            EVENT.replace("\"sku\":", "\"receipt\":"),
            EVENT.replace("\"currency\":", "\"minor\":"),
            EVENT.replace("\"contentType\":", "\"body\":"))) {
      ReceivedEvents events = new ReceivedEvents(ANYBODY, RULES, MOST);
      byte[] body = twice.getBytes(StandardCharsets.UTF_8);
      assertThat(new EventRequest(body, BODIES, RULES, ANYBODY, new Room(), events).read(true))
          .as(twice)
          .isFalse();
    }
  }

  @Test
  void moreEventsThanAreLookedAtAreForAParserToCount() {
    ReceivedEvents events = new ReceivedEvents(ANYBODY, RULES, MOST);
    byte[] body = ("[" + (EVENT + ",").repeat(MOST) + EVENT + "]").getBytes(StandardCharsets.UTF_8);
    assertThat(new EventRequest(body, BODIES, RULES, ANYBODY, new Room(16), events).read(false))
        .isFalse();
  }

  @Test
  void aWorkflowWithMaskingOfItsOwnIsLeftToItsRules() {
    EventRules own =
        new EventRules(
            RULES.window(),
            Map.of(
                "sales-posting",
                io.tillpost.ingest.masking.Masking.of(List.of(), List.of("sales/[0-9]"))));
    ReceivedEvents events = new ReceivedEvents(ANYBODY, own, MOST);
    byte[] body = EVENT.getBytes(StandardCharsets.UTF_8);
    assertThat(new EventRequest(body, BODIES, own, ANYBODY, new Room(), events).read(true))
        .isTrue();
    assertThat(events.at(0))
        .isInstanceOfSatisfying(
            OfEvent.class, e -> assertThat(e.event().schemaVersion()).isEqualTo("*****/*"));
  }

  private void spoil(JsonNode event) {
    ObjectNode object = (ObjectNode) event;
    while (true) {
      List<String> names = new ArrayList<>(object.propertyNames());
      if (names.isEmpty()) {
        return;
      }
      String name = names.get(random.nextInt(names.size()));
      if (object.get(name) instanceof ObjectNode inner && random.nextInt(5) > 0) {
        object = inner;
        continue;
      }
      switch (random.nextInt(10)) {
        case 0 -> object.remove(name);
        case 1 -> object.putNull(name);
        case 2 -> object.put(name, 7);
        case 3 -> object.put(name, random.nextLong());
        case 4 -> object.put(name, 1.5);
        case 5 -> object.put("un" + name, "known");
        case 6 -> object.put(TEXTS.get(random.nextInt(TEXTS.size())), "a value");
        default -> object.put(name, TEXTS.get(random.nextInt(TEXTS.size())));
      }
      return;
    }
  }

  /** The first array is too small, so that it grows while the body is read. */
  private static List<IngestRecord> quick(String text, boolean single, Sender sender) {
    return quick(text, single, sender, new Room(16));
  }

  private static List<IngestRecord> quick(String text, boolean single, Sender sender, Room room) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    ReceivedEvents events = new ReceivedEvents(sender, RULES, MOST);
    assertThat(new EventRequest(body, BODIES, RULES, sender, room, events).read(single)).isTrue();
    return all(events);
  }

  private static List<IngestRecord> slow(String text, boolean single, Sender sender) {
    ReceivedEvents events = new ReceivedEvents(sender, RULES, MOST);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    assertThat(BODIES.walk(body, single ? events::one : events::batch)).isNull();
    return all(events);
  }

  /** Null for one that is not good. */
  private static List<IngestRecord> all(ReceivedEvents events) {
    List<IngestRecord> all = new ArrayList<>();
    for (int i = 0; i < events.count(); i++) {
      all.add(events.at(i));
    }
    return all;
  }

  private static List<Object> documents(List<IngestRecord> records) {
    List<Object> documents = new ArrayList<>();
    for (IngestRecord record : records) {
      documents.add(
          switch (record) {
            case OfWrittenEvent(var event) -> document(event);
            case OfEvent(var event) -> document(EventJson.written(event));
            case null -> "none";
            default -> throw new AssertionError(record);
          });
    }
    return documents;
  }

  private static List<Object> document(WrittenEvent event) {
    return List.of(
        event.documentId(),
        event.messageId(),
        event.time(),
        event.capturedAt(),
        new String(event.bytes(), event.from(), event.to() - event.from(), StandardCharsets.UTF_8),
        event.factsFrom() - event.from(),
        event.factsTo() - event.from());
  }
}
