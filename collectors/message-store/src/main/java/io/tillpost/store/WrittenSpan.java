package io.tillpost.store;

import io.tillpost.store.json.SpanJson;
import java.time.Instant;

/**
 * A span that its receiver has written as {@link SpanJson} has it already, so that it need not be
 * read before it is stored.
 *
 * @param documentId as {@link io.tillpost.trace.Span#documentId}
 * @param start of the span; its day is the one on which it is kept
 * @param bytes in which the JSON stands, on one line, perhaps among other things; not to be changed
 *     as long as anybody looks at this
 * @param from its first byte
 * @param to the byte behind its last one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: the id says whether two are the same
public record WrittenSpan(String documentId, Instant start, byte[] bytes, int from, int to) {
  @Override
  public String toString() {
    return "WrittenSpan[" + documentId + "]";
  }
}
