package io.tillpost.console.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The Compose file is what the official schema of the Compose Specification allows. */
class ComposeSchemaTest {
  private static final String RESOURCE = "/compose-spec/compose-spec.json";
  private static final JsonMapper JSON = new JsonMapper();

  private static Schema schema;
  private static ComposeFile file;

  @BeforeAll
  static void read() throws IOException {
    ObjectNode official = (ObjectNode) JSON.readTree(bytes());
    // It names its dialect by an address that is spelled otherwise in the standard.
    official.remove("$schema");
    removeIds(official);
    schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2019_09).getSchema(official);
    file = ComposeFile.read(ComposeFile.home().resolve("docker-compose.yml"));
  }

  @Test
  void theSchemaIsTheOneThatItsNoticeNames() throws Exception {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));

    try (InputStream notice = getClass().getResourceAsStream("/compose-spec/NOTICE")) {
      assertThat(new String(notice.readAllBytes(), StandardCharsets.UTF_8)).contains(hash);
    }
  }

  @Test
  void theComposeFileFollowsTheSchema() {
    Map<String, Object> root = new LinkedHashMap<>(file.root());
    // The Specification has had a name at the top since after this edition of its schema.
    assertThat(root.remove("name")).isEqualTo("tillpost");

    assertThat(violations(root)).isEmpty();
  }

  @Test
  void aKeyThatTheSpecificationDoesNotHaveIsFound() {
    Map<String, Object> services = new LinkedHashMap<>(file.section("services"));
    Map<String, Object> console = new LinkedHashMap<>(ComposeFile.map(services.get("console")));
    console.put("memory_limit", "1g");
    services.put("console", console);
    Map<String, Object> root = new LinkedHashMap<>(file.root());
    root.put("services", services);

    assertThat(violations(root)).anyMatch(violation -> violation.contains("memory_limit"));
  }

  private static List<String> violations(Map<String, Object> compose) {
    return schema.validate(JSON.writeValueAsString(compose), InputFormat.JSON).stream()
        .map(Error::toString)
        .toList();
  }

  /** Ids of an older draft, which nothing refers to; this dialect would not know the word. */
  private static void removeIds(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("id").isString()) {
      object.remove("id");
    }
    node.forEach(ComposeSchemaTest::removeIds);
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in = ComposeSchemaTest.class.getResourceAsStream(RESOURCE)) {
      return in.readAllBytes();
    }
  }
}
