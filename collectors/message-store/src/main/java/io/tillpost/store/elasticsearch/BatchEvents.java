package io.tillpost.store.elasticsearch;

import io.tillpost.message.MessageEvent;
import io.tillpost.store.IngestWriter.Batch;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.WrittenEvents;
import java.util.List;

/**
 * The events of one batch by number: those whose states were left to it, then the others in their
 * order. Each is read whenever it is asked for, so that of thousands, while a request is under way,
 * nothing is in memory but the bytes in which they stand. For one thread.
 */
final class BatchEvents {
  private final List<WrittenEvent> before;
  private final List<MessageEvent> whole;
  private final List<WrittenEvent> written;
  private final WrittenEvents reader = new WrittenEvents();

  BatchEvents(List<WrittenEvent> before, Batch batch) {
    this.before = before;
    this.whole = batch.events();
    this.written = batch.writtenEvents();
  }

  /** The number of the first one whose state was not left to it. */
  int firstWhole() {
    return before.size();
  }

  /** The number of the first one that is written as it is stored. */
  int firstWritten() {
    return before.size() + whole.size();
  }

  /** How many there are. */
  int size() {
    return firstWritten() + written.size();
  }

  /** One that is not written yet. */
  MessageEvent whole(int number) {
    return whole.get(number - firstWhole());
  }

  /** One that is written, be it that its state was left. */
  WrittenEvent written(int number) {
    return number < firstWhole() ? before.get(number) : written.get(number - firstWritten());
  }

  /** Any of them, as far as the state of its message depends on it. */
  MessageEvent read(int number) {
    return isWhole(number) ? whole(number) : reader.read(written(number));
  }

  String documentId(int number) {
    return isWhole(number) ? whole(number).id().documentId() : written(number).documentId();
  }

  /** Whether it is not written yet. */
  boolean isWhole(int number) {
    return number >= firstWhole() && number < firstWritten();
  }
}
