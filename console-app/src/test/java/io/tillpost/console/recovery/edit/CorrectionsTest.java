package io.tillpost.console.recovery.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.EditProperties;
import io.tillpost.console.security.Role;
import io.tillpost.message.Payload;
import io.tillpost.recovery.FieldChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be corrected in a payload, what differs then, and what is said where it is wrong. */
class CorrectionsTest {
  private static final EditProperties SETTINGS =
      new EditProperties(
          List.of("amount", "tax", "tender"), Map.of(Role.ADMIN, List.of("taxCode")), List.of());
  private static final String SALE =
      """
      {"store":"0412","lines":[{"sku":"A-100","unit":"pcs","quantity":2,"taxCode":"DE-19X",
        "gift":false,"note":null}],"totals":{"amountMinor":12.50}}""";
  private static final String XML =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <sale id="7"><line><unit>pcs</unit></line><line><unit>kg</unit><tax>19</tax></line></sale>""";

  @Test
  void aFieldIsChangedAndTheRestStaysToTheLastDigit() {
    Correction.Valid valid = valid(fields(Map.of("lines[0].unit", "EA")));

    assertThat(valid.changes()).containsExactly(new FieldChange("lines[0].unit", "pcs", "EA"));
    assertThat(valid.body()).contains("\"EA\"").contains("12.50").contains("\"quantity\" : 2");
  }

  @Test
  void valuesKeepTheirKindAndSayWhereTheyDoNotFit() {
    Correction invalid =
        fields(Map.of("lines[0].quantity", "two", "lines[0].gift", "maybe", "nowhere", "x"));
    assertThat(invalid)
        .isEqualTo(new Correction.Invalid(Map.of("nowhere", "There is no such field")));
    assertThat(fields(Map.of("lines[0].quantity", "two", "lines[0].gift", "maybe")))
        .isEqualTo(
            new Correction.Invalid(
                Map.of(
                    "lines[0].quantity", "A number is needed",
                    "lines[0].gift", "true or false is needed")));
    assertThat(valid(fields(Map.of("lines[0].quantity", "3"))).body()).contains(": 3");
    assertThat(valid(fields(Map.of("lines[0].note", "by hand"))).changes())
        .containsExactly(new FieldChange("lines[0].note", "null", "by hand"));
  }

  @ParameterizedTest
  @CsvSource({"totals.amountMinor, 1", "lines[0].taxCode, DE-19"})
  void amountAndTaxAreLocked(String path, String value) {
    assertThat(fields(Map.of(path, value)))
        .isInstanceOfSatisfying(
            Correction.Invalid.class,
            i -> assertThat(i.faults().get(path)).startsWith("Locked: fields about"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "taxcode",
        "TAXCODE",
        "TAXRate",
        "rateOfTAX",
        "salestax",
        "tax1",
        "inputTAX",
        "lines[0].Taxes",
        "sale/line[2]/NETAMOUNT",
        "AMOUNTMinor",
        "total_amounts",
        "sale/@tenderType"
      })
  void aFieldIsLockedHoweverItsNameIsWritten(String path) {
    assertThat(locks().objection(path)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"unit", "lines[0].sku", "quantity", "sale/line[1]/unit"})
  void otherFieldsAreNot(String path) {
    assertThat(locks().objection(path)).isEmpty();
  }

  @Test
  void aRoleMayHaveALockedFieldOpened() {
    EditLocks admin = EditLocks.of(SETTINGS, Set.of(Role.ADMIN));

    assertThat(admin.objection("lines[0].taxCode")).isEmpty();
    assertThat(admin.objection("lines[0].taxRate")).isPresent();
    assertThat(admin.objection("taxes.codes")).isPresent();
    assertThat(admin.objection("sale/line[2]/@tender_type")).isPresent();
    assertThat(admin.objection("syntax")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"store\":\"0412\",\"lines\":[],\"totals\":{\"amountMinor\":12.50}}",
        "{\"totals\":{\"amountMinor\":\"12.50\"}}",
        "{}"
      })
  void whatIsLockedIsLockedInTheTextToo(String body) {
    assertThat(text(body)).isInstanceOf(Correction.Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"store\":", "{\"store\":\"1\",\"store\":\"2\"}", "{\"store\":\"1\"} {}", ""})
  void whatIsNotJsonIsNotSent(String body) {
    assertThat(text(body))
        .isInstanceOfSatisfying(
            Correction.Invalid.class, i -> assertThat(i.words()).startsWith("This is not JSON"));
  }

  @Test
  void xmlIsEditedByItsFieldsToo() {
    Payload xml = new Payload("application/xml", XML, false);
    Correction correction =
        Corrections.of(
            xml, new Edit.Fields(Map.of("sale/line[1]/unit", "EA<&")), locks(), SchemaRules.NONE);

    assertThat(valid(correction).changes())
        .containsExactly(new FieldChange("sale/line[1]/unit", "pcs", "EA<&"));
    assertThat(valid(correction).body()).contains("<unit>EA&lt;&amp;</unit>").startsWith("<?xml");
    assertThat(
            Corrections.of(
                xml, new Edit.Fields(Map.of("sale/line[2]/tax", "7")), locks(), SchemaRules.NONE))
        .isInstanceOf(Correction.Invalid.class);
    assertThat(
            Corrections.of(xml, new Edit.Text(XML.replace("kg", "g")), locks(), SchemaRules.NONE))
        .isInstanceOf(Correction.Valid.class);
  }

  @Test
  void aDocumentTypeIsRefused() {
    String hostile =
        "<!DOCTYPE sale [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><sale><unit>&x;</unit></sale>";
    assertThat(
            Corrections.of(
                new Payload("text/xml", "<sale><unit>pcs</unit></sale>", false),
                new Edit.Text(hostile),
                locks(),
                SchemaRules.NONE))
        .isInstanceOfSatisfying(
            Correction.Invalid.class, i -> assertThat(i.words()).startsWith("This is not XML"));
  }

  @Test
  void whatHasNoFieldsIsNotEdited() {
    assertThat(
            Corrections.of(
                new Payload("text/csv", "a;b", false),
                new Edit.Text("a;c"),
                locks(),
                SchemaRules.NONE))
        .isEqualTo(new Correction.Invalid(Map.of("", "Only JSON and XML can be edited")));
    assertThat(text(SALE)).isEqualTo(new Correction.Invalid(Map.of("", "Nothing was changed")));
  }

  @Test
  void aRuleSetsAFieldWhereItHasAValue() {
    EditRule rule = new EditRule("lines[*].unit", "pcs", "EA");

    assertThat(rule.of(java.util.Optional.of(json(SALE)), locks(), SchemaRules.NONE))
        .isInstanceOfSatisfying(
            Contents.Answer.Corrected.class,
            c ->
                assertThat(c.changes())
                    .containsExactly(new FieldChange("lines[0].unit", "pcs", "EA")));
    assertThat(
            rule.of(
                java.util.Optional.of(json("{\"lines\":[{\"unit\":\"kg\"}]}")),
                locks(),
                SchemaRules.NONE))
        .isEqualTo(new Contents.Answer.Left("It has no field lines[*].unit with that value"));
    assertThat(rule.of(java.util.Optional.empty(), locks(), SchemaRules.NONE))
        .isEqualTo(new Contents.Answer.Left("No payload of it is stored"));
  }

  private static EditLocks locks() {
    return EditLocks.of(SETTINGS, Set.of(Role.SUPPORT));
  }

  private static Payload json(String body) {
    return new Payload("application/json", body, false);
  }

  private static Correction fields(Map<String, String> values) {
    return Corrections.of(json(SALE), new Edit.Fields(values), locks(), SchemaRules.NONE);
  }

  private static Correction text(String body) {
    return Corrections.of(json(SALE), new Edit.Text(body), locks(), SchemaRules.NONE);
  }

  private static Correction.Valid valid(Correction correction) {
    assertThat(correction).isInstanceOf(Correction.Valid.class);
    return (Correction.Valid) correction;
  }
}
