package io.tillpost.console.schema;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.ValidationLimitExceededException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON Schema of 2020-12. References lead to places of its own file only. A check ends after so
 * many steps, levels and characters read by patterns.
 */
final class JsonPayloadSchema implements PayloadSchema {
  private static final String DIALECT = SpecificationVersion.DRAFT_2020_12.getDialectId();
  private static final int MOST_PROBLEMS_SHOWN = 3;
  private static final long MOST_STEPS = 1_000_000;
  private static final int DEEPEST = 2_000;

  // Numbers as they stand: what is checked is what is sent.
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final String name;
  private final Schema schema;
  private final JsonHints hints;

  private JsonPayloadSchema(String name, Schema schema, JsonNode root) {
    this.name = name;
    this.schema = schema;
    this.hints = new JsonHints(root);
  }

  /** Reads one, and looks whether it is one. */
  static JsonPayloadSchema read(String name, byte[] text) throws UnusableSchema {
    JsonNode root = parsed(text);
    JsonNode dialect = root.path("$schema");
    if (!dialect.isMissingNode() && !DIALECT.equals(dialect.asString("").replaceAll("#$", ""))) {
      throw new UnusableSchema(
          "it says that it is of %s, and only %s is read".formatted(dialect, DIALECT));
    }
    Set<String> own = new HashSet<>();
    collectIds(root, own);
    refuseForeignReferences(root, own);
    // Knows its own meta-schemas, and fetches nothing.
    SchemaRegistry registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder
                    .schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaRegistryConfig(
                        SchemaRegistryConfig.builder()
                            .regularExpressionFactory(BoundedPattern::new)
                            .formatAssertionsEnabled(true)
                            .locale(Locale.ENGLISH)
                            .build()));
    try {
      List<Error> faults = registry.getSchema(SchemaLocation.of(DIALECT)).validate(root);
      if (!faults.isEmpty()) {
        throw new UnusableSchema(
            faults.stream()
                .limit(MOST_PROBLEMS_SHOWN)
                .map(fault -> "at %s: %s".formatted(place(fault), fault.getMessage()))
                .collect(Collectors.joining("; ")));
      }
      Schema schema = registry.getSchema(root);
      schema.initializeValidators();
      return new JsonPayloadSchema(name, schema, root);
    } catch (SchemaException | IllegalArgumentException e) {
      throw new UnusableSchema(String.valueOf(e.getMessage()));
    } catch (StackOverflowError e) {
      throw new UnusableSchema("it refers to itself without end");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SchemaKind kind() {
    return SchemaKind.JSON;
  }

  @Override
  public SchemaVerdict check(String body) {
    JsonNode node = JSON.readTree(body);
    try {
      List<Error> errors = BoundedPattern.within(() -> errors(node));
      return new SchemaVerdict.Checked(errors.stream().map(JsonFaults::of).distinct().toList());
    } catch (BoundedPattern.TooSlow e) {
      return notChecked("a pattern in it takes too long with these values");
    } catch (ValidationLimitExceededException | StackOverflowError e) {
      return notChecked("it takes too many steps for this payload");
    }
  }

  @Override
  public Map<String, SchemaHint> hints(String body) {
    return hints.of(JSON.readTree(body));
  }

  private List<Error> errors(JsonNode node) {
    return schema.validate(
        node,
        context ->
            context.executionConfig(
                config ->
                    config
                        .locale(Locale.ENGLISH)
                        .formatAssertionsEnabled(true)
                        .maxEvaluationSteps(MOST_STEPS)
                        .maxEvaluationDepth(DEEPEST)));
  }

  private SchemaVerdict notChecked(String why) {
    return new SchemaVerdict.NotChecked(
        "The payload cannot be checked against the schema %s: %s. Ask who keeps the schema to make it simpler"
            .formatted(name, why));
  }

  private static JsonNode parsed(byte[] text) throws UnusableSchema {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isObject()) {
        throw new UnusableSchema("it is no JSON object");
      }
      return root;
    } catch (JacksonException e) {
      TokenStreamLocation at = e.getLocation();
      throw new UnusableSchema(
          "it is not JSON"
              + (at == null || at.getLineNr() < 1
                  ? ""
                  : ": look at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr())));
    }
  }

  private static void collectIds(JsonNode node, Set<String> into) {
    if (node.path("$id").isString()) {
      into.add(node.path("$id").stringValue());
    }
    node.forEach(child -> collectIds(child, into));
  }

  private static void refuseForeignReferences(JsonNode node, Set<String> own)
      throws UnusableSchema {
    for (String word : List.of("$ref", "$dynamicRef")) {
      JsonNode to = node.path(word);
      if (to.isString() && !isOwn(to.stringValue(), own)) {
        throw new UnusableSchema(
            "it refers to %s, and only references to places in the file itself (#/$defs/…) are followed: put both into one file"
                .formatted(to.stringValue()));
      }
    }
    for (JsonNode child : node) {
      refuseForeignReferences(child, own);
    }
  }

  private static boolean isOwn(String reference, Set<String> own) {
    return reference.startsWith("#") || own.contains(reference.split("#", 2)[0]);
  }

  private static String place(Error fault) {
    String at = fault.getInstanceLocation().toString();
    return at.isEmpty() ? "the top" : at;
  }
}
