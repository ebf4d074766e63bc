package io.tillpost.console.text;

import io.tillpost.message.MessageId;
import java.util.Optional;

/** The id of a message as one segment of an address. Empty where no message can be called so. */
public final class MessagePath {
  private MessagePath() {}

  /** As the segment is handed over to a page: just as it stands in the address. */
  public static Optional<MessageId> ofPage(String segment) {
    return id(PathText.read(segment));
  }

  /** As the segment is handed over to an endpoint of the API: decoded. */
  public static Optional<MessageId> ofCall(String decoded) {
    return id(PathText.plain(decoded));
  }

  private static Optional<MessageId> id(String text) {
    return text.isBlank() || text.length() > MessageId.MAX_LENGTH
        ? Optional.empty()
        : Optional.of(new MessageId(text));
  }
}
