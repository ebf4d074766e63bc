package io.tillpost.store.elasticsearch;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Collects the actions of one bulk request as bytes.
 *
 * @param <K> what the caller knows each action by
 */
final class BulkBody<K> {
  /** Beyond this a body is sent before more is added. */
  private static final int FULL_BYTES = 10 * 1024 * 1024;

  private final Buffer buffer = new Buffer();
  private final List<K> keys = new ArrayList<>();

  /**
   * Where a document is, and which version of it must be there for the action to happen.
   *
   * @param version null for any, or none
   */
  record Target(String index, String id, @Nullable Version version) {}

  /** The version of a document. */
  record Version(long seqNo, long primaryTerm) {}

  /**
   * Adds an action with a document.
   *
   * @param action {@code create} or {@code index}
   * @return false if the document cannot be written as JSON in UTF-8; then nothing is added
   */
  boolean add(K key, String action, Target target, Consumer<JsonGenerator> document) {
    int before = buffer.size();
    try (JsonGenerator json = Json.LINES.createGenerator(ObjectWriteContext.empty(), buffer)) {
      action(json, action, target);
      document.accept(json);
    } catch (JacksonException e) {
      buffer.truncate(before);
      return false;
    }
    buffer.write('\n');
    keys.add(key);
    return true;
  }

  /** Adds an action with a document that is JSON on one line already. */
  void add(K key, String action, Target target, byte[] document) {
    action(action, target);
    buffer.writeBytes(document);
    buffer.write('\n');
    keys.add(key);
  }

  /** Adds the removal of a document. */
  void delete(K key, Target target) {
    action("delete", target);
    keys.add(key);
  }

  boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whether it is time to send this. */
  boolean isFull() {
    return buffer.size() >= FULL_BYTES;
  }

  byte[] bytes() {
    return buffer.toByteArray();
  }

  /** What the actions are known by, in order. */
  List<K> keys() {
    return keys;
  }

  private void action(String action, Target target) {
    try (JsonGenerator json = Json.LINES.createGenerator(ObjectWriteContext.empty(), buffer)) {
      action(json, action, target);
    }
    buffer.write('\n');
  }

  private static void action(JsonGenerator json, String action, Target target) {
    json.writeStartObject();
    json.writeObjectPropertyStart(action);
    json.writeStringProperty("_index", target.index());
    json.writeStringProperty("_id", target.id());
    if (target.version() != null) {
      json.writeNumberProperty("if_seq_no", target.version().seqNo());
      json.writeNumberProperty("if_primary_term", target.version().primaryTerm());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /** Bytes that can be taken back. */
  private static final class Buffer extends ByteArrayOutputStream {
    Buffer() {
      super(1 << 16);
    }

    void truncate(int size) {
      count = size;
    }
  }
}
