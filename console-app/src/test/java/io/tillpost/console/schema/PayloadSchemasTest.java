package io.tillpost.console.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.start.StartRefused;
import io.tillpost.message.ImpactKind;
import io.tillpost.message.Objective;
import io.tillpost.message.Workflow;
import io.tillpost.message.Workflows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which payloads have which schema, and what is said at the start where that cannot be. */
class PayloadSchemasTest {
  private static final Workflows WORKFLOWS =
      Workflows.of(List.of(workflow("sales-posting"), workflow("returns")));
  private static final String XSD =
      "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"a\"/></xs:schema>";

  @TempDir Path directory;

  @Test
  void theSchemaOfAVersionGoesBeforeThatOfAll() throws IOException {
    PayloadSchemas schemas =
        PayloadSchemas.read(
            List.of(
                file("sales-posting", null, "all.json", "{}"),
                file("sales-posting", "sales/2", "two.json", "{}"),
                file("sales-posting", null, "all.xsd", XSD)),
            WORKFLOWS);

    assertThat(name(schemas, SchemaKind.JSON, "sales-posting", "sales/2")).isEqualTo("two.json");
    assertThat(name(schemas, SchemaKind.JSON, "sales-posting", "sales/1")).isEqualTo("all.json");
    assertThat(name(schemas, SchemaKind.JSON, "sales-posting", null)).isEqualTo("all.json");
    assertThat(name(schemas, SchemaKind.XML, "sales-posting", "sales/2")).isEqualTo("all.xsd");
    assertThat(schemas.find(SchemaKind.JSON, "returns", null)).isEmpty();
    assertThat(PayloadSchemas.NONE.find(SchemaKind.JSON, "sales-posting", null)).isEmpty();
  }

  @Test
  void whatCannotBeUsedStopsTheStartAndSaysWhichFileAndWhy() throws IOException {
    SchemaFile gone = new SchemaFile("returns", null, directory.resolve("gone.json"));
    assertRefused("gone.json", "cannot be read", gone);
    assertRefused("bad.json", "at /type", file("returns", null, "bad.json", "{\"type\":1}"));
    assertRefused("bad.xsd", "look at line 1", file("returns", null, "bad.xsd", "<xs"));
    assertRefused(
        ".json (JSON Schema) or .xsd", "schema.yml", file("returns", null, "schema.yml", ""));
    assertRefused(
        "more than 1 MB", "big.json", file("returns", null, "big.json", " ".repeat(1_000_001)));
    assertRefused(
        "there are sales-posting, returns", "retuns", file("retuns", null, "right.json", "{}"));
    assertRefused(
        "is for the same payloads as",
        "two.json",
        file("returns", null, "one.json", "{}"),
        file("returns", null, "two.json", "{}"));
  }

  @Test
  void aSchemaWithoutItsWorkflowOrFileIsRefused() {
    assertThatThrownBy(() -> new SchemaFile(" ", null, Path.of("a.json")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs its workflow and its file");
  }

  private static void assertRefused(String one, String other, SchemaFile... files) {
    assertThatThrownBy(() -> PayloadSchemas.read(List.of(files), WORKFLOWS))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(one)
        .hasMessageContaining(other)
        .hasMessageContaining("tillpost.recovery.edit.schemas");
  }

  private static String name(
      PayloadSchemas schemas, SchemaKind kind, String workflow, @Nullable String version) {
    return schemas.find(kind, workflow, version).orElseThrow().name();
  }

  private SchemaFile file(String workflow, @Nullable String version, String name, String text)
      throws IOException {
    return new SchemaFile(workflow, version, Files.writeString(directory.resolve(name), text));
  }

  private static Workflow workflow(String name) {
    return new Workflow(name, name, ImpactKind.OTHER, new Objective(Duration.ofMinutes(5), 99));
  }
}
