package io.tillpost.ingest.receive;

import com.google.protobuf.UnsafeByteOperations;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON from strangers: bounded in depth and numbers, one value, no name twice, UTF-8 only.
 */
public final class JsonBodies {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_NAME_LENGTH = 1_000;

  /** Some hundred for each of the spans or events that are sent at once. */
  private static final long MAX_TOKENS = 2_000_000;

  private final JsonMapper mapper;

  /**
   * With a limit of size.
   *
   * @param maxBytes of a document
   */
  public JsonBodies(long maxBytes) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxNameLength(MAX_NAME_LENGTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxStringLength((int) Math.min(maxBytes, Integer.MAX_VALUE - 8))
                    .maxDocumentLength(maxBytes)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    // What follows the value is looked for below, where it can be told in our words.
    this.mapper =
        JsonMapper.builder(factory).disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  }

  /** A document, or what is wrong with it. */
  public sealed interface Parsed {
    /** The whole document. */
    record Document(JsonNode root) implements Parsed {}

    /**
     * No document.
     *
     * @param reason in words, with line and column where they are known
     */
    record NotJson(String reason) implements Parsed {}
  }

  /** Reads one document. */
  public Parsed parse(byte[] body) {
    AtomicReference<@Nullable JsonNode> root = new AtomicReference<>();
    String problem = walk(body, json -> root.set(mapper.readTree(json)));
    JsonNode read = root.get();
    if (problem != null || read == null) {
      return new Parsed.NotJson(problem == null ? "The body is empty" : problem);
    }
    return new Parsed.Document(read);
  }

  /**
   * Walks over one document without making anything of it.
   *
   * @param visitor is given the parser at the first token and leaves it at the last one
   * @return null, or why it is no document, whatever the visitor has seen of it by then
   */
  public @Nullable String walk(byte[] body, Consumer<JsonParser> visitor) {
    return UnsafeByteOperations.unsafeWrap(body).isValidUtf8()
        ? walk(body, 0, body.length, visitor)
        : "The body is not valid UTF-8";
  }

  /**
   * As the other one, over a part of a body.
   *
   * @param body in valid UTF-8
   */
  public @Nullable String walk(byte[] body, int from, int to, Consumer<JsonParser> visitor) {
    try (JsonParser parser = mapper.createParser(body, from, to - from)) {
      if (parser.nextToken() == null) {
        return "The body is empty";
      }
      visitor.accept(parser);
      return parser.nextToken() == null ? null : "The body has more than one JSON value";
    } catch (StreamReadException e) {
      return "The body is not JSON: "
          + e.getOriginalMessage()
          + " at line "
          + e.getLocation().getLineNr()
          + ", column "
          + e.getLocation().getColumnNr();
    } catch (JacksonException e) {
      return "The body is not JSON: " + e.getOriginalMessage();
    }
  }
}
