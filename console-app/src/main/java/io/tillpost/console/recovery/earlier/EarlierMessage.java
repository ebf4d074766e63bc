package io.tillpost.console.recovery.earlier;

import io.tillpost.message.Message;
import java.time.Instant;
import java.util.Comparator;

/**
 * An earlier message, as much of it as has to be known to decide about later ones.
 *
 * @param capturedAt when it came into being; needed to read it by its id
 */
public record EarlierMessage(String id, Instant capturedAt) {
  /** In which messages about one thing go; ties are broken by id. */
  static final Comparator<EarlierMessage> ORDER =
      Comparator.comparing(EarlierMessage::capturedAt).thenComparing(EarlierMessage::id);

  static EarlierMessage of(Message message) {
    return new EarlierMessage(message.id().value(), message.capturedAt());
  }
}
