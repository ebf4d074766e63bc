package io.tillpost.ingest.status;

import com.google.protobuf.UnsafeByteOperations;
import io.tillpost.ingest.log.IngestRecord.OfWrittenEvent;
import io.tillpost.ingest.receive.JsonBodies;
import io.tillpost.ingest.receive.Room;
import io.tillpost.ingest.receive.Sender;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.JsonBytes;

/**
 * Reads message events from the bytes of their request. Usual ones become documents without an
 * object for any of their parts; the others are read one by one as they stream by. See
 * RATIONALE.md, "Events from bytes to bytes".
 */
final class EventRequest {
  private final byte[] body;
  private final JsonBodies bodies;
  private final ReceivedEvents to;
  private final JsonScan in;
  private final EventSlices slices;
  private final EventWriting writing;
  private final Room room;
  private final JsonBytes json;

  EventRequest(
      byte[] body,
      JsonBodies bodies,
      EventRules rules,
      Sender sender,
      Room room,
      ReceivedEvents to) {
    this.body = body;
    this.bodies = bodies;
    this.to = to;
    this.in = new JsonScan(body);
    this.slices = new EventSlices(body, in);
    this.room = room;
    this.json = new JsonBytes(room.take());
    this.writing = new EventWriting(body, new EventCheck(body, rules, sender), json);
  }

  /**
   * Reads all of it.
   *
   * @param single whether it is one event, not an array of them
   * @return false where the request as a whole is not as it should be; what was read of it is then
   *     of no use
   */
  boolean read(boolean single) {
    if (!UnsafeByteOperations.unsafeWrap(body).isValidUtf8()) {
      return false;
    }
    boolean read = (single ? event() : array()) && in.isAtEnd();
    room.grown(json.array());
    return read;
  }

  private boolean array() {
    if (!in.take('[')) {
      return false;
    }
    if (in.take(']')) {
      return true;
    }
    do {
      if (!to.hasRoom() || !event()) {
        return false;
      }
    } while (in.take(','));
    return in.take(']');
  }

  private boolean event() {
    in.skipBlanks();
    int from = in.at();
    WrittenEvent written = slices.find() ? writing.write(slices) : null;
    if (written != null) {
      to.add(new OfWrittenEvent(written));
      return true;
    }
    in.back(from);
    return in.skipObject() && bodies.walk(body, from, in.at(), to::one) == null;
  }
}
