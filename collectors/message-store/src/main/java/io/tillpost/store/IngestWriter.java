package io.tillpost.store;

import io.tillpost.message.MessageEvent;
import io.tillpost.trace.Span;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Writes what was ingested. Events and spans have ids of their own and are created once; a repeat
 * is found to be there and changes nothing. The state of each message is folded from its events and
 * written by compare-and-set, so any number of writers may write events of the same message at the
 * same time. Writing the same batch again after a failure or a crash is always safe.
 */
public interface IngestWriter {
  /**
   * Writes the batch in one synchronous request where it can; returns when everything is durable,
   * or why not.
   */
  default Result write(Batch batch) {
    return write(batch, List.of(), () -> false);
  }

  /**
   * Writes a batch after which others come. The states of its open messages may be left to the next
   * one, so that a state is written once for the events of both.
   *
   * @param before events that are stored, whose states were left to this batch; all are written now
   * @param more whether the next batch is there already, so that something may be left to it; asked
   *     once the records are stored
   */
  Result write(Batch batch, List<WrittenEvent> before, BooleanSupplier more);

  /**
   * What to write; at most some ten thousand records. Of each a writer asks when it writes it, and
   * again where it needs it again: the lists, which do not change, may make it anew each time, so
   * that none is kept. Where one of them throws, so does {@link IngestWriter#write}; part of the
   * batch may be stored then.
   *
   * @param events in the order in which they were accepted
   * @param spans in the order in which they were accepted
   * @param writtenEvents further events, in the order in which they were accepted
   * @param writtenSpans further spans, in the order in which they were accepted
   */
  record Batch(
      List<MessageEvent> events,
      List<Span> spans,
      List<WrittenEvent> writtenEvents,
      List<WrittenSpan> writtenSpans) {
    /** Without any that are written already. */
    public Batch(List<MessageEvent> events, List<Span> spans) {
      this(events, spans, List.of(), List.of());
    }
  }

  /** What became of a batch. */
  sealed interface Result {
    /**
     * Everything that can ever be written is durable, but for what is left.
     *
     * @param stored how many events and spans are new
     * @param alreadyStored how many were there before; where part of a large batch was refused, new
     *     ones may be among these
     * @param refused what can never be written; to be parked by the caller
     * @param left events that are stored, by their places in {@link Batch#writtenEvents}, whose
     *     states are left to the next batch: until that is written, the batch is not done
     */
    record Written(int stored, int alreadyStored, List<Refused> refused, List<Integer> left)
        implements Result {
      /** With nothing left. */
      public Written(int stored, int alreadyStored, List<Refused> refused) {
        this(stored, alreadyStored, refused, List.of());
      }
    }

    /**
     * The storage cannot write for now; part of the batch may be written. Write the whole batch
     * again later, with what was left to it.
     *
     * @param reason in words
     */
    record Unavailable(String reason) implements Result {}
  }

  /**
   * A record that the storage will never take.
   *
   * @param documentId {@link io.tillpost.message.EventId#documentId} or {@link Span#documentId}
   * @param reason in words
   */
  record Refused(String documentId, String reason) {}
}
