package io.tillpost.store.elasticsearch;

import io.tillpost.store.json.JsonBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects the actions of one bulk request as bytes.
 *
 * @param <K> what the caller knows each action by
 */
final class BulkBody<K> {
  /** Beyond this a body is sent before more is added. */
  private static final int FULL_BYTES = 10 * 1024 * 1024;

  private final JsonBytes json;
  private final List<K> keys = new ArrayList<>();

  /** The beginning of the last action, most of which are like the one before. */
  private byte[] begun = {};

  private String begunAction = "";
  private String begunIndex = "";

  /** A body for a few documents. */
  BulkBody() {
    this(new byte[4 * 1024]);
  }

  /** A body that is written into this array as far as it has room. */
  BulkBody(byte[] buffer) {
    json = new JsonBytes(buffer);
  }

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
   */
  void add(K key, String action, Target target, Consumer<JsonBytes> document) {
    action(action, target);
    document.accept(json);
    json.newLine();
    keys.add(key);
  }

  /** Adds an action with a document that is JSON on one line already. */
  void add(K key, String action, Target target, byte[] document) {
    add(key, action, target, body -> body.writeRaw(document));
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
    return json.size() >= FULL_BYTES;
  }

  /** The body, in as many bytes of this array as {@link #size} says. */
  byte[] array() {
    return json.array();
  }

  /** How many bytes it has. */
  int size() {
    return json.size();
  }

  /** A copy of the body. */
  byte[] bytes() {
    return json.toByteArray();
  }

  /** What the actions are known by, in order. */
  List<K> keys() {
    return keys;
  }

  private void action(String action, Target target) {
    if (!action.equals(begunAction) || !target.index().equals(begunIndex)) {
      JsonBytes beginning = new JsonBytes(new byte[128]);
      beginning.writeStartObject();
      beginning.writeObjectPropertyStart(action);
      beginning.writeStringProperty("_index", target.index());
      beginning.writeName("_id");
      begun = beginning.toByteArray();
      begunAction = action;
      begunIndex = target.index();
    }
    json.writeRaw(begun);
    json.writeString(target.id());
    if (target.version() != null) {
      json.writeNumberProperty("if_seq_no", target.version().seqNo());
      json.writeNumberProperty("if_primary_term", target.version().primaryTerm());
    }
    json.writeEndObject();
    json.writeEndObject();
    json.newLine();
  }
}
