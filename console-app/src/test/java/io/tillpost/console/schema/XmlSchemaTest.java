package io.tillpost.console.schema;

import static io.tillpost.console.schema.SchemaTexts.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads against XML Schemas: what is said where, and what no schema can do. */
class XmlSchemaTest {
  private static final String SALES =
      """
      <?xml version="1.0"?>
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="sale"><xs:complexType>
          <xs:sequence>
            <xs:element name="store" type="store"><xs:annotation><xs:documentation>
              The store,   four digits</xs:documentation></xs:annotation></xs:element>
            <xs:element name="line" type="line" maxOccurs="unbounded"/>
          </xs:sequence>
          <xs:attribute name="id" type="xs:int" use="required"/>
        </xs:complexType></xs:element>
        <xs:complexType name="line"><xs:sequence>
          <xs:element name="unit"><xs:simpleType><xs:restriction base="xs:string">
            <xs:enumeration value="pcs"/><xs:enumeration value="kg"/>
          </xs:restriction></xs:simpleType></xs:element>
          <xs:element name="quantity" minOccurs="0"><xs:simpleType><xs:restriction base="xs:integer">
            <xs:minInclusive value="1"/><xs:maxInclusive value="999"/>
          </xs:restriction></xs:simpleType></xs:element>
        </xs:sequence></xs:complexType>
        <xs:simpleType name="store"><xs:restriction base="xs:string">
          <xs:pattern value="[0-9]{4}"/></xs:restriction></xs:simpleType>
      </xs:schema>
      """;
  private static final String GOOD =
      "<sale id=\"7\"><store>0412</store><line><unit>pcs</unit></line>"
          + "<line><unit>kg</unit><quantity>2</quantity></line></sale>";

  @Test
  void whatFitsHasNoFaults() {
    assertThat(faults(SALES, GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">pcs|>box|sale/line[1]/unit|One of these is needed: pcs, kg",
        ">2<|>two<|sale/line[2]/quantity|A value of the type integer is needed",
        ">2<|>0<|sale/line[2]/quantity|At least 1 is needed",
        ">2<|>1000<|sale/line[2]/quantity|At most 999 is possible",
        ">0412<|>412<|sale/store|It has to fit the pattern [0-9]{4}",
        "id=\"7\"|id=\"x\"|sale/@id|A value of the type integer is needed",
        "id=\"7\"|''|sale/@id|It is missing: add it in the text",
        "id=\"7\"|id=\"7\" no=\"1\"|sale/@no|The schema does not know it: take it out in the text",
      })
  void aBrokenRuleIsToldBesideItsField(String is, String becomes, String path, String words) {
    assertThat(faults(SALES, GOOD.replace(is, becomes)))
        .extracting(SchemaFault::path, SchemaFault::words)
        .containsExactly(tuple(path, words));
  }

  @Test
  void whatIsMissingOrDoesNotBelongIsToldWhereItIs() {
    assertThat(faults(SALES, GOOD.replace("<store>0412</store>", "")))
        .singleElement()
        .satisfies(fault -> assertThat(fault.words()).contains("store"));
    assertThat(faults(SALES, "<other/>"))
        .singleElement()
        .satisfies(fault -> assertThat(fault.words()).contains("other"));
    assertThat(faults(SALES, "<a:sale/>"))
        .extracting(SchemaFault::words)
        .containsExactly("Its prefixes are not declared");
  }

  @Test
  void theSameRuleAtTheSamePlaceIsKnownAgainWhateverStandsThere() {
    SchemaFault box = faults(SALES, GOOD.replace(">pcs", ">box")).getFirst();
    SchemaFault bag = faults(SALES, GOOD.replace(">pcs", ">bag")).getFirst();
    SchemaFault two = faults(SALES, GOOD.replace(">2<", ">two<")).getFirst();
    SchemaFault three = faults(SALES, GOOD.replace(">2<", ">three<")).getFirst();
    SchemaFault none = faults(SALES, GOOD.replace(">2<", ">0<")).getFirst();

    assertThat(box.place()).isEqualTo(bag.place());
    assertThat(two.place()).isEqualTo(three.place());
    assertThat(two.place()).isNotEqualTo(none.place());
  }

  /** A schema with keys, references, lengths and digits. */
  private static final String KEYS =
      """
      <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
        <xs:element name="sale"><xs:complexType><xs:sequence>
          <xs:element name="line" maxOccurs="unbounded"><xs:complexType><xs:sequence>
            <xs:element name="article"><xs:simpleType><xs:restriction base="xs:string">
              <xs:length value="7"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="price" minOccurs="0"><xs:simpleType><xs:restriction base="xs:decimal">
              <xs:totalDigits value="4"/><xs:fractionDigits value="2"/></xs:restriction></xs:simpleType></xs:element>
            <xs:element name="currency" minOccurs="0" fixed="EUR"/>
          </xs:sequence><xs:attribute name="of" type="xs:IDREF"/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType>
          <xs:key name="articles"><xs:selector xpath="line"/><xs:field xpath="article"/></xs:key>
        </xs:element>
      </xs:schema>
      """;

  private static String lines(String... lines) {
    return "<sale>" + String.join("", lines) + "</sale>";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<article>O'Brien's secret</article>|Exactly 7 characters are needed",
        "<article>1234567</article><price>secret</price>|A value of the type decimal is needed",
        "<article>1234567</article><price>77777</price>|At most 4 digits are possible",
        "<article>1234567</article><price>7.777</price>|At most 2 digits after the point are possible",
        "<article>1234567</article><currency>secret</currency>|The schema fixes another value",
      })
  void noFaultQuotesTheValue(String line, String words) {
    assertThat(faults(KEYS, lines("<line>" + line + "</line>")))
        .extracting(SchemaFault::words)
        .containsExactly(words);
  }

  @Test
  void keysAndReferencesAreToldEachWithoutTheirValue() {
    List<SchemaFault> faults =
        faults(
            KEYS,
            lines(
                "<line of=\"secret1\"><article>secret2</article></line>",
                "<line of=\"secret3\"><article>secret2</article></line>",
                "<line><article>short</article></line>"));

    assertThat(faults)
        .extracting(SchemaFault::words)
        .containsExactlyInAnyOrder(
            "What has to be there once is there twice",
            "Exactly 7 characters are needed",
            "An element refers to an id that is not there",
            "An element refers to an id that is not there");
    assertThat(faults).extracting(SchemaFault::place).doesNotHaveDuplicates();
  }

  @Test
  void whatElseIsMissingAtTheSamePlaceIsAnotherFault() {
    SchemaFault lines = faults(SALES, "<sale id=\"7\"><store>0412</store></sale>").getFirst();
    SchemaFault all = faults(SALES, "<sale id=\"7\"></sale>").getFirst();

    assertThat(lines.path()).isEqualTo(all.path());
    assertThat(lines.place()).isNotEqualTo(all.place());
  }

  @Test
  void moreFaultsThanAnybodyReadsAreAllKnown() {
    String body = lines("<line><article>short</article></line>".repeat(1_500));

    assertThat(faults(KEYS, body)).hasSizeGreaterThanOrEqualTo(1_500);
  }

  @Test
  void fieldsHaveTheWordsChoicesAndLimitsOfTheSchema() {
    var hints = schema(SALES).hints(GOOD);

    assertThat(hints.get("sale/store"))
        .isEqualTo(
            new SchemaHint(
                null,
                "The store, four digits",
                true,
                SchemaHint.Value.TEXT,
                List.of(),
                "like [0-9]{4}"));
    assertThat(hints.get("sale/line[1]/unit").choices()).containsExactly("pcs", "kg");
    assertThat(hints.get("sale/line[2]/quantity").required()).isFalse();
    assertThat(hints.get("sale/line[2]/quantity").limits()).isEqualTo("at least 1, at most 999");
    assertThat(hints.get("sale/@id").required()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<xs:schema|look at line 1",
        "<a/>|schema",
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"a\" type=\"b\"/></xs:schema>|'b'",
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:include schemaLocation=\"http://localhost/b.xsd\"/></xs:schema>|it refers to http://localhost/b.xsd",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"/>|DOCTYPE",
      })
  void whatIsNoSchemaIsRefusedAndSaysWhy(String text, String why) {
    assertThatThrownBy(() -> XmlPayloadSchema.read("s.xsd", bytes(text)))
        .isInstanceOf(UnusableSchema.class)
        .hasMessageContaining(why);
  }

  @Test
  void aPayloadCannotNameFilesOrSchemasOfItsOwn() {
    assertThat(faults(SALES, "<!DOCTYPE sale SYSTEM \"file:///etc/passwd\">" + GOOD)).isNotEmpty();
    assertThat(
            faults(
                SALES,
                GOOD.replace(
                    "<sale ",
                    "<sale xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:noNamespaceSchemaLocation=\"http://localhost:1/s.xsd\" ")))
        .isEmpty();
  }

  @Test
  void aPatternThatWouldTakeForEverIsGivenUp() throws UnusableSchema {
    PayloadSchema schema =
        XmlPayloadSchema.read(
            "s.xsd",
            bytes(
                """
            <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"><xs:simpleType>
              <xs:restriction base="xs:string"><xs:pattern value="(a?){23}a{23}"/></xs:restriction>
            </xs:simpleType></xs:element></xs:schema>
            """),
            Duration.ofMillis(200));

    SchemaVerdict verdict =
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(30), () -> schema.check("<a>" + "a".repeat(28) + "!</a>"));

    assertThat(verdict)
        .isInstanceOfSatisfying(
            SchemaVerdict.NotChecked.class, not -> assertThat(not.why()).contains("s.xsd"));
    assertThat(schema.check("<a>a</a>"))
        .as("not before the one that was left behind has ended")
        .isInstanceOf(SchemaVerdict.NotChecked.class);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> schema.check("<a>b</a>") instanceof SchemaVerdict.Checked);
  }

  private static PayloadSchema schema(String text) {
    return SchemaTexts.schema(XmlPayloadSchema::read, "s.xsd", text);
  }

  private static List<SchemaFault> faults(String schema, String body) {
    return SchemaTexts.faults(schema(schema), body);
  }
}
