package io.tillpost.console.classification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.message.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in payloads, whoever wrote them. */
class PayloadFieldsTest {
  private static final String JSON =
      """
      {"store": "0412", "total": 12.50, "void": false, "note": null, "odd.name": {"a/b": "x"},
       "lines": [{"taxCode": "DE-19"}, {"taxCode": "DE-7"}, {"taxCode": "DE-19X", "tags": [["p", "q"]]}]}
      """;
  private static final String XML =
      """
      <?xml version="1.0"?>
      <sale xmlns:t="urn:till" id="4711"><!-- a sale -->
        <t:head t:kind="A">mixed <b>bold</b> text</t:head>
        <line unit="pcs"><taxCode>DE-19</taxCode></line>
        <other/>
        <line unit="kg"><taxCode><![CDATA[DE-<7>]]></taxCode></line>
      </sale>
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "store|store=0412",
        "total|total=12.50",
        "void|void=false",
        "note|note=null",
        "lines[1].taxCode|lines[1].taxCode=DE-7",
        "lines[*].taxCode|lines[0].taxCode=DE-19 lines[1].taxCode=DE-7 lines[2].taxCode=DE-19X",
        "lines[].taxCode|lines[0].taxCode=DE-19 lines[1].taxCode=DE-7 lines[2].taxCode=DE-19X",
        "lines[2].tags[0][1]|lines[2].tags[0][1]=q",
        "[\"odd.name\"][\"a/b\"]|odd.name.a/b=x",
        "lines.taxCode|''",
        "lines|''",
        "Store|''",
        "/store|''"
      })
  void aPathLeadsToValuesOfJson(String path, String found) {
    assertThat(found(json(JSON), path)).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/sale/line/taxCode|sale/line/taxCode=DE-19 sale/line[2]/taxCode=DE-<7>",
        "sale/line[2]/taxCode|sale/line[2]/taxCode=DE-<7>",
        "sale/line[*]/@unit|sale/line/@unit=pcs sale/line[2]/@unit=kg",
        "/sale/@id|sale/@id=4711",
        "sale/head/b|sale/t:head/b=bold",
        "sale/t:head/@kind|sale/t:head/@t:kind=A",
        "sale/head|sale/t:head=mixed  text",
        "sale/x:head|''",
        "sale/line|''",
        "sale/other|sale/other=",
        "sale.line|''"
      })
  void aPathLeadsToValuesOfXml(String path, String found) {
    assertThat(found(xml(XML), path)).isEqualTo(found);
  }

  @Test
  void aNameAloneIsAlsoTheRootOfXml() {
    assertThat(found(xml("<code>A</code>"), "code")).isEqualTo("code=A");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"code\": \"A\"",
        "{\"code\": \"A\"} x",
        "code",
        "{\"code\": \"A\", \"deep\": " + "NEST" + "}"
      })
  void brokenOrDeepJsonHasNoFields(String body) {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThat(found(json(body.replace("NEST", deep)), "code")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<code>A",
        "<code>A</code><code>B</code>",
        "<!DOCTYPE code [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><code>&f;</code>",
        "<!DOCTYPE code SYSTEM 'http://127.0.0.1:9/x.dtd'><code>A</code>",
        "<!DOCTYPE code [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><code>&b;</code>",
        "<code>&unknown;</code>",
        // The platform's reader has no words for what is wrong here, and fails on that.
        "<!DOCTYPE code [\u0001]><code>A</code>"
      })
  void brokenXmlAndDocumentTypesHaveNoFields(String body) {
    assertThat(found(xml(body), "code")).isEmpty();
  }

  @Test
  void entitiesThatGrowWithoutEndAreNotReplaced() {
    StringBuilder bomb = new StringBuilder("<!DOCTYPE c [<!ENTITY e0 'lol'>");
    for (int i = 1; i < 60; i++) {
      bomb.append("<!ENTITY e%d '%s'>".formatted(i, "&e%d;".formatted(i - 1).repeat(10)));
    }
    bomb.append("]><c>&e59;</c>");
    Assertions.assertThatNoException()
        .isThrownBy(
            () ->
                org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThat(found(xml(bomb.toString()), "c")).isEmpty()));
  }

  @Test
  void deepXmlHasNoFields() {
    String deep = "<a>".repeat(50_000) + "</a>".repeat(50_000);
    assertThat(found(xml("<c><code>A</code>" + deep + "</c>"), "c/code")).isEmpty();
  }

  @Test
  void ofALargePayloadSoMuchIsKept() {
    String value = "v".repeat(PayloadFields.LONGEST_VALUE + 1);
    String many = ("\"" + value + "\",").repeat(400);
    FieldValues values =
        PayloadFields.read(
            json("{\"list\": [" + many + "1], \"last\": \"x\"}"),
            Set.of(path("list[*]"), path("last")));
    assertThat(values.at(path("list[*]"))).hasSizeLessThan(PayloadFields.MOST_VALUES);
    assertThat(values.at(path("list[*]")).getFirst().text()).hasSize(PayloadFields.LONGEST_VALUE);
    assertThat(values.length()).isLessThan(25_000);
    assertThat(values.at(path("last")))
        .as("of each field so much, whatever others ask for")
        .hasSize(1);
  }

  @Test
  void whatIsNeitherJsonNorXmlHasNoFields() {
    assertThat(found(new Payload("text/plain", JSON, false), "store")).isEmpty();
    assertThat(found(new Payload("application/json", "eyJzdG9yZSI6MX0=", true), "store")).isEmpty();
    assertThat(found(new Payload("application/vnd.sale+json; charset=utf-8", JSON, false), "store"))
        .isEqualTo("store=0412");
  }

  @Test
  void aValueIsShownShortInOneLineAndNeverLogged() {
    FieldValue value = new FieldValue("a", "x\n\u202e" + "y".repeat(100));
    assertThat(value.shown()).isEqualTo("x  " + "y".repeat(77) + "…");
    assertThat(value.toString()).isEqualTo("FieldValue[a]");
  }

  private static String found(Payload payload, String path) {
    List<String> found =
        PayloadFields.read(payload, Set.of(path(path))).at(path(path)).stream()
            .map(value -> value.path() + "=" + value.text())
            .toList();
    return String.join(" ", found);
  }

  private static FieldPath path(String text) {
    return switch (FieldPath.read(text)) {
      case FieldPath.Read.Path(FieldPath path) -> path;
      case FieldPath.Read.Wrong(String why) -> throw new AssertionError(why);
    };
  }

  private static Payload json(String body) {
    return new Payload("application/json", body, false);
  }

  private static Payload xml(String body) {
    return new Payload("application/xml", body, false);
  }
}
