package io.tillpost.console.schema;

import static io.tillpost.console.schema.SchemaTexts.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads against JSON Schemas: what is said where, and what no schema can do. */
class JsonSchemaTest {
  private static final String SALES =
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/sale",
       "type": "object", "required": ["store", "lines"], "additionalProperties": false,
       "properties": {
         "store": {"title": "Store", "description": "Four digits", "type": "string", "pattern": "^[0-9]{4}$"},
         "date": {"type": "string", "format": "date"},
         "paid": {"type": ["boolean", "null"]},
         "rate": {"type": "number", "multipleOf": 0.01},
         "a.b": {"const": "x"},
         "lines": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/line"}}},
       "$defs": {"line": {"type": "object", "required": ["unit"], "properties": {
         "unit": {"enum": ["pcs", "kg"]},
         "quantity": {"title": "How many", "type": "integer", "minimum": 1, "maximum": 999},
         "note": {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": 5}]}}}}}
      """;
  private static final String GOOD =
      "{\"store\":\"0412\",\"lines\":[{\"unit\":\"pcs\",\"quantity\":2,\"note\":null}]}";

  @Test
  void whatFitsHasNoFaults() {
    assertThat(faults(SALES, GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"0412\"|412|store|A text is needed",
        "\"0412\"|\"412\"|store|It has to fit the pattern ^[0-9]{4}$",
        "\"pcs\"|\"box\"|lines[0].unit|One of these is needed: pcs, kg",
        "\"unit\":\"pcs\",||lines[0].unit|It is missing: add it in the text",
        ":2,|:0,|lines[0].quantity|At least 1 is needed",
        ":2,|:1000,|lines[0].quantity|At most 999 is possible",
        ":2,|:\"2\",|lines[0].quantity|A whole number is needed",
        ":2,|:2.5,|lines[0].quantity|A whole number is needed",
        "{\"store\"|{\"x\":1,\"store\"|x|The schema does not know it: take it out in the text",
        "{\"store\"|{\"date\":\"24.11.2026\",\"store\"|date|A date like 2026-11-24 is needed",
        "{\"store\"|{\"paid\":\"yes\",\"store\"|paid|True or false or null is needed",
        "{\"store\"|{\"rate\":0.123,\"store\"|rate|A multiple of 0.01 is needed",
        "{\"store\"|{\"a.b\":\"y\",\"store\"|[\"a.b\"]|Only x is possible here",
      })
  void aBrokenRuleIsToldBesideItsField(String is, String becomes, String path, String words) {
    String body = GOOD.replace(is, becomes == null ? "" : becomes);

    assertThat(faults(SALES, body))
        .extracting(SchemaFault::path, SchemaFault::words)
        .containsExactly(tuple(path, words));
  }

  @Test
  void theSameRuleAtTheSamePlaceIsKnownAgainWhateverStandsThere() {
    SchemaFault box = faults(SALES, GOOD.replace("\"pcs\"", "\"box\"")).getFirst();
    SchemaFault bag = faults(SALES, GOOD.replace("\"pcs\"", "\"bag\"")).getFirst();
    SchemaFault gone = faults(SALES, GOOD.replace("\"unit\":\"pcs\",", "")).getFirst();

    assertThat(box.place()).isEqualTo(bag.place());
    assertThat(box.place()).isNotEqualTo(gone.place());
  }

  @Test
  void numbersAreCheckedToTheLastDigit() {
    String schema = "{\"properties\":{\"n\":{\"maximum\":12345678901234567890.12}}}";

    assertThat(faults(schema, "{\"n\":12345678901234567890.12}")).isEmpty();
    assertThat(faults(schema, "{\"n\":12345678901234567890.13}")).hasSize(1);
  }

  @Test
  void whereThereIsNoTypeTheKindIsThatOfTheListedValues() {
    var hints =
        schema(
                "{\"properties\":{\"n\":{\"enum\":[10,null,20]},\"t\":{\"const\":\"1\"},"
                    + "\"b\":{\"enum\":[1,\"1\"]}}}")
            .hints("{\"n\":10,\"t\":\"1\",\"b\":1}");

    assertThat(hints.get("n").value()).isEqualTo(SchemaHint.Value.NUMBER);
    assertThat(hints.get("n").choices()).containsExactly("10", "20");
    assertThat(hints.get("t").value()).isEqualTo(SchemaHint.Value.TEXT);
    assertThat(hints.get("b").value()).isNull();
  }

  @Test
  void whatHoldsForAllOtherNamesIsNotSaidWhereNamesHavePatterns() {
    var hints =
        schema(
                "{\"patternProperties\":{\"^ref\":{\"type\":\"string\"}},"
                    + "\"additionalProperties\":{\"type\":\"number\"}}")
            .hints("{\"ref1\":\"0412\"}");

    assertThat(hints).doesNotContainKey("ref1");
  }

  @Test
  void fieldsHaveTheTitlesChoicesAndLimitsOfTheSchema() {
    var hints = schema(SALES).hints(GOOD);

    assertThat(hints.get("store"))
        .isEqualTo(
            new SchemaHint(
                "Store", "Four digits", true, SchemaHint.Value.TEXT, List.of(), "like [0-9]{4}"));
    assertThat(hints.get("lines[0].unit").choices()).containsExactly("pcs", "kg");
    assertThat(hints.get("lines[0].unit").required()).isTrue();
    assertThat(hints.get("lines[0].quantity"))
        .isEqualTo(
            new SchemaHint(
                "How many",
                null,
                false,
                SchemaHint.Value.NUMBER,
                List.of(),
                "a whole number, at least 1, at most 999"));
    assertThat(hints.get("lines[0].note").limits()).isEqualTo("at most 5 characters");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1]|it is no JSON object",
        "{\"type\":|it is not JSON: look at line 1",
        "{\"type\":\"strin\"}|at /type",
        "{\"properties\":{\"a\":{\"minimum\":\"1\"}}}|at /properties/a/minimum",
        "{\"pattern\":\"(\"}|at /pattern",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}|only https://json-schema.org/draft/2020-12/schema is read",
        "{\"$ref\":\"other.json\"}|it refers to other.json",
        "{\"properties\":{\"a\":{\"allOf\":[{\"$ref\":\"file:///etc/passwd\"}]}}}|it refers to file:///etc/passwd",
        "{\"$ref\":\"#/$defs/nowhere\"}|nowhere",
      })
  void whatIsNoSchemaIsRefusedAndSaysWhy(String text, String why) {
    assertThatThrownBy(() -> JsonPayloadSchema.read("s.json", bytes(text)))
        .isInstanceOf(UnusableSchema.class)
        .hasMessageContaining(why);
  }

  @Test
  void nothingIsFetchedForASchema() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.close();
        });
    server.start();
    try {
      String address = "http://localhost:%d/line".formatted(server.getAddress().getPort());
      for (String word : List.of("$ref", "$dynamicRef", "$schema")) {
        assertThatThrownBy(
                () ->
                    JsonPayloadSchema.read(
                        "s.json", bytes("{\"%s\":\"%s\"}".formatted(word, address))))
            .isInstanceOf(UnusableSchema.class);
      }
      JsonPayloadSchema.read(
          "s.json",
          bytes(
              "{\"$id\":\"%s\",\"$ref\":\"%s#/$defs/a\",\"$defs\":{\"a\":{}}}"
                  .formatted(address, address)));
      assertThat(asked).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"^(a+)+$", "^(a|a)*$", "^(a|b|ab)*c$", "(.*)*(.*)*x"})
  void aPatternThatWouldTakeForEverIsGivenUp(String pattern) {
    PayloadSchema schema =
        schema("{\"properties\":{\"v\":{\"pattern\":\"%s\"}}}".formatted(pattern));
    String body = "{\"v\":\"%s!\"}".formatted("a".repeat(50_000));

    SchemaVerdict verdict =
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> schema.check(body));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            SchemaVerdict.NotChecked.class,
            not -> assertThat(not.why()).contains("s.json", "a pattern in it takes too long"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$ref\":\"#\"}",
        "{\"properties\":{\"v\":{\"allOf\":[{\"$ref\":\"#/properties/v\"}]}}}",
        "{\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"},{\"$ref\":\"#/$defs/b\"},{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"allOf\":[{\"$ref\":\"#/$defs/c\"},{\"$ref\":\"#/$defs/c\"},{\"$ref\":\"#/$defs/c\"}]},\"c\":{\"allOf\":[{\"$ref\":\"#/$defs/d\"},{\"$ref\":\"#/$defs/d\"},{\"$ref\":\"#/$defs/d\"}]},\"d\":{\"properties\":{\"v\":{\"items\":{\"$ref\":\"#/$defs/e\"}}}},\"e\":{\"items\":{\"$ref\":\"#/$defs/a\"}}},\"items\":{\"$ref\":\"#/$defs/a\"},\"properties\":{\"v\":{\"items\":{\"$ref\":\"#/$defs/e\"}}}}"
      })
  void aSchemaThatLeadsToItselfEnds(String text) {
    org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          try {
            PayloadSchema schema = JsonPayloadSchema.read("s.json", bytes(text));
            schema.check("{\"v\":[[[1,2],[3]],[[4]]]}");
            schema.hints("{\"v\":[[[1,2],[3]],[[4]]]}");
          } catch (UnusableSchema e) {
            assertThat(e.getMessage()).isNotBlank();
          }
        });
  }

  private static PayloadSchema schema(String text) {
    return SchemaTexts.schema(JsonPayloadSchema::read, "s.json", text);
  }

  private static List<SchemaFault> faults(String schema, String body) {
    return SchemaTexts.faults(schema(schema), body);
  }
}
