package io.tillpost.console.messages;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.store.Messages.PayloadVersion;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.trace.Span;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known of one message.
 *
 * @param stored its state and when it is due
 * @param exception to which it belongs; empty unless it is failed
 * @param events every report of it, oldest first
 * @param payloads as they were sent, oldest first; the last one counts
 * @param related other messages with the same correlation id, newest first; at most 50
 * @param spans of the trace of its latest attempt that has one, by start
 */
public record MessageStory(
    StoredMessage stored,
    Optional<Fingerprint> exception,
    List<MessageEvent> events,
    List<PayloadVersion> payloads,
    List<StoredMessage> related,
    List<Span> spans) {
  public MessageStory {
    events = List.copyOf(events);
    payloads = List.copyOf(payloads);
    related = List.copyOf(related);
    spans = List.copyOf(spans);
  }
}
