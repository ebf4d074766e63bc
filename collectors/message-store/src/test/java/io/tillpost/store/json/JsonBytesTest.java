package io.tillpost.store.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonBytesTest {
  private static final JsonMapper MAPPER = new JsonMapper();

  private static final String ODD = "\"\\/\b\f\n\r\t\0\u001f\u007f\u0080ß€\uD83D\uDED2 ~";

  private final JsonBytes json = new JsonBytes(new byte[1]);
  private final Random random = new Random(42);

  @Test
  void everyTextIsReadBackAsItWas() {
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(ODD.charAt(random.nextInt(ODD.length())));
      }
      JsonBytes one = new JsonBytes(new byte[random.nextInt(1, 9)]);
      one.writeString(text.toString());
      assertThat(MAPPER.readTree(one.toByteArray()).asString()).isEqualTo(text.toString());
    }
  }

  @Test
  void everyMomentIsWrittenAsJavaSaysIt() {
    long first = Instant.parse("-0002-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("+10001-01-01T00:00:00Z").getEpochSecond();
    int[] nanos = {0, 1, 1_000, 250_000_000, 999_999_999, 4_711_000};
    for (int i = 0; i < 100_000; i++) {
      assertMoment(Instant.ofEpochSecond(random.nextLong(first, last), nanos[i % nanos.length]));
    }
    assertMoment(Instant.parse("2000-02-29T23:59:59.999999999Z"));
    assertMoment(Instant.parse("1900-03-01T00:00:00Z"));
    assertMoment(Instant.EPOCH);
    assertMoment(Instant.MAX);
  }

  @Test
  void everyNumberIsReadBackAsItWas() {
    for (long number :
        new long[] {0, 9, 10, -1, 1_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
      JsonBytes one = new JsonBytes(new byte[1]);
      one.writeNumber(number);
      assertThat(new String(one.toByteArray(), StandardCharsets.UTF_8))
          .isEqualTo(Long.toString(number));
    }
  }

  @Test
  void valuesAreParted() {
    json.writeStartObject();
    json.writeStringProperty("a", "x");
    json.writeNumberProperty("b", 1);
    json.writeArrayPropertyStart("c");
    json.writeNumber(1);
    json.writeStartArray();
    json.writeEndArray();
    json.writeBoolean(true);
    json.writeEndArray();
    json.writeObjectPropertyStart("d");
    json.writeEndObject();
    json.writeBooleanProperty("e", false);
    json.writeEndObject();
    json.newLine();
    json.writeStartObject();
    json.writeEndObject();
    assertThat(new String(json.toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":\"x\",\"b\":1,\"c\":[1,[],true],\"d\":{},\"e\":false}\n{}");
  }

  private static void assertMoment(Instant moment) {
    JsonBytes one = new JsonBytes(new byte[1]);
    one.writeMoment(moment);
    JsonNode read = MAPPER.readTree(one.toByteArray());
    assertThat(read.asString()).isEqualTo(moment.toString());
  }
}
