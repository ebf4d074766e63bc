package io.tillpost.console.recovery.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.EditProperties;
import io.tillpost.console.recovery.earlier.SkipReasons;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.schema.SchemaFile;
import io.tillpost.console.schema.SchemaKind;
import io.tillpost.console.security.Role;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.Objective;
import io.tillpost.message.Payload;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import io.tillpost.recovery.FieldChange;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Corrections of payloads that have a schema. */
public class SchemaRulesTest {
  public static final Path SALE =
      Path.of("src", "test", "resources", "schemas", "sale.schema.json");
  private static final String BODY =
      "{\"unit\":\"pcs\",\"quantity\":1,\"note\":\"7\",\"weight\":null,\"amount\":12.50}";
  private static final SchemaRules RULES =
      new SchemaRules(schemas().find(SchemaKind.JSON, "sales-posting", null));

  /** The schema of sales, as configured. */
  static PayloadSchemas schemas() {
    return PayloadSchemas.read(
        List.of(new SchemaFile("sales-posting", null, SALE)),
        Workflows.of(
            List.of(
                new Workflow(
                    "sales-posting",
                    "Sales",
                    ImpactKind.OTHER,
                    new Objective(Duration.ofMinutes(5), 99)))));
  }

  @Test
  void whatBreaksTheSchemaIsRefusedBesideItsFieldInFormAndText() {
    assertThat(fields(BODY, Map.of("unit", "box", "quantity", "0")))
        .isEqualTo(
            new Correction.Invalid(
                Map.of(
                    "unit", "One of these is needed: pcs, EA, KG",
                    "quantity", "At least 1 is needed")));
    assertThat(text(BODY, BODY.replace("\"unit\":\"pcs\",", "")))
        .isEqualTo(new Correction.Invalid(Map.of("unit", "It is missing: add it in the text")));
  }

  @Test
  void whatWasBrokenBeforeIsAWarningAndAnotherRuleIsNot() {
    String broken = BODY.replace("\"quantity\":1", "\"quantity\":0");

    assertThat(fields(broken, Map.of("unit", "EA")))
        .isInstanceOfSatisfying(
            Correction.Valid.class,
            valid -> {
              assertThat(valid.warnings())
                  .containsOnly(Map.entry("quantity", "At least 1 is needed"));
              assertThat(valid.warning())
                  .isEqualTo(
                      "The original breaks the schema already, which does not hold this up:"
                          + " quantity: At least 1 is needed");
            });
    assertThat(fields(broken, Map.of("quantity", "-1")))
        .as("another value that breaks it as well")
        .isEqualTo(new Correction.Invalid(Map.of("quantity", "At least 1 is needed")));
    assertThat(fields(broken, Map.of("quantity", "1000")))
        .isEqualTo(new Correction.Invalid(Map.of("quantity", "At most 999 is possible")));
    assertThat(fields(broken, Map.of("unit", "box")))
        .isEqualTo(new Correction.Invalid(Map.of("unit", "One of these is needed: pcs, EA, KG")));
  }

  @Test
  void valuesAreOfTheKindThatTheSchemaAsksForAndOthersStayToTheLastDigit() {
    Correction.Valid valid = valid(fields(BODY, Map.of("note", "42", "weight", "1.20")));

    assertThat(valid.body()).contains("\"note\" : \"42\"", "\"weight\" : 1.20", "12.50");
    assertThat(fields(BODY, Map.of("weight", "heavy")))
        .isEqualTo(new Correction.Invalid(Map.of("weight", "A number is needed")));
    assertThat(fields(BODY, Map.of("quantity", "1e10000")))
        .isEqualTo(
            new Correction.Invalid(
                Map.of("quantity", "A number of at most 1,000 digits is needed")));
    String huge = BODY.replace("\"weight\":null", "\"weight\":1e10000");
    assertThat(fields(huge, Map.of("unit", "EA"))).isInstanceOf(Correction.Invalid.class);
    String wrong = BODY.replace("\"quantity\":1", "\"quantity\":\"1\"");
    assertThat(valid(fields(wrong, Map.of("quantity", "1"))).body()).contains("\"quantity\" : 1,");
    assertThat(valid(fields(wrong, Map.of("quantity", "3"))).body()).contains("\"quantity\" : 3");
  }

  @Test
  void whatIsWrongStillGoesOnAsTextWithoutValuesOfAnotherKind() {
    Payload payload = new Payload("application/json", BODY, false);
    Edit.Fields edit =
        new Edit.Fields(Map.of("unit", "box", "quantity", "two", "amount", "13", "note", "8"));

    assertThat(Corrections.written(payload, edit, RULES).orElseThrow())
        .contains("\"unit\" : \"box\"", "\"quantity\" : 1", "\"amount\" : 13", "\"note\" : \"8\"");
    assertThat(Corrections.written(new Payload("text/plain", "x", false), edit, RULES)).isEmpty();
  }

  @Test
  void aLockedFieldIsToldAsLockedWhateverTheSchemaSays() {
    assertThat(fields(BODY, Map.of("amount", "13", "unit", "box")))
        .isInstanceOfSatisfying(
            Correction.Invalid.class,
            invalid -> {
              assertThat(invalid.faults().get("amount")).startsWith("Locked");
              assertThat(invalid.faults()).containsKey("unit");
            });
  }

  @Test
  void aRuleLeavesOutWhatItWouldBreakAndTellsNoValue() {
    EditRule rule = new EditRule("unit", "pcs", "box");
    Payload payload = new Payload("application/json", BODY, false);

    Contents.Answer answer = rule.of(Optional.of(payload), locks(), RULES);

    assertThat(answer)
        .isEqualTo(
            new Contents.Answer.Left(
                "It would break the schema sale.schema.json: unit: One of these is"
                    + " needed: pcs, EA, KG"));
    assertThat(SkipReasons.counted(((Contents.Answer.Left) answer).reason()))
        .isEqualTo("With this value they would break the schema of their payload");
    assertThat(new EditRule("unit", "pcs", "pcs").of(Optional.of(payload), locks(), RULES))
        .as("the schema has nothing against it")
        .isEqualTo(new Contents.Answer.Left("Nothing was changed"));
    assertThat(new EditRule("unit", "pcs", "EA").of(Optional.of(payload), locks(), RULES))
        .isInstanceOf(Contents.Answer.Corrected.class);
  }

  @Test
  void whatCouldNotBeCheckedIsToldFromWhatBreaksTheSchemaAndIsNotSent() {
    String slow = BODY.replace("\"note\":\"7\"", "\"slow\":\"" + "a".repeat(60) + "!\"");
    String why =
        "The payload cannot be checked against the schema sale.schema.json: a pattern in it takes too long with these values. Ask who keeps the schema to make it simpler";

    assertThat(fields(slow, Map.of("unit", "EA")))
        .isInstanceOfSatisfying(
            Correction.NotChecked.class,
            not -> {
              assertThat(not.changes()).extracting(FieldChange::path).containsExactly("unit");
              assertThat(not.words())
                  .isEqualTo(
                      "This could not be checked, so it cannot be sent; nothing is said against what you changed. "
                          + why);
            });
    assertThat(fields(slow, Map.of("amount", "13")))
        .as("locked, whatever the schema says")
        .isInstanceOf(Correction.Invalid.class);
    assertThat(fields(slow, Map.of("slow", "aa"))).isInstanceOf(Correction.Valid.class);
    assertThat(fields(slow, Map.of("slow", "aa", "unit", "box")))
        .as("what the original breaks is not known, so this counts")
        .isEqualTo(new Correction.Invalid(Map.of("unit", "One of these is needed: pcs, EA, KG")));
    assertThat(RULES.broken(slow)).isEqualTo(new SchemaRules.Found.NotChecked(why));
    Contents.Answer answer =
        new EditRule("unit", "pcs", "EA")
            .of(Optional.of(new Payload("application/json", slow, false)), locks(), RULES);
    assertThat(answer)
        .isEqualTo(
            new Contents.Answer.Left(
                "Not checked against its schema, so it is not sent, which says nothing about the value. "
                    + why));
    assertThat(SkipReasons.counted(((Contents.Answer.Left) answer).reason()))
        .isEqualTo(
            "Their payload could not be checked against its schema, which says nothing about the value");
  }

  @Test
  void linesOfFieldsAreToldForTheText() {
    assertThat(new JsonFormat().lines("{\n \"a\": [1,\n  {\"b\": 2}],\n \"c.d\": 3}"))
        .containsEntry("a", 2)
        .containsEntry("a[1]", 3)
        .containsEntry("a[1].b", 3)
        .containsEntry("[\"c.d\"]", 4);
    assertThat(
            new XmlFormat()
                .lines("<sale id='7'>\n<line><unit>a</unit></line>\n<line>\n<unit/></line></sale>"))
        .containsEntry("sale/@id", 1)
        .containsEntry("sale/line[1]/unit", 2)
        .containsEntry("sale/line[2]", 3)
        .containsEntry("sale/line[2]/unit", 4);
  }

  private static EditLocks locks() {
    return EditLocks.of(
        new EditProperties(List.of("amount"), Map.of(), List.of()), Set.of(Role.SUPPORT));
  }

  private static Correction fields(String body, Map<String, String> values) {
    return Corrections.of(
        new Payload("application/json", body, false), new Edit.Fields(values), locks(), RULES);
  }

  private static Correction text(String body, String anew) {
    return Corrections.of(
        new Payload("application/json", body, false), new Edit.Text(anew), locks(), RULES);
  }

  private static Correction.Valid valid(Correction correction) {
    assertThat(correction).isInstanceOf(Correction.Valid.class);
    return (Correction.Valid) correction;
  }
}
