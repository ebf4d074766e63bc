package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.recovery.FieldChange;
import java.util.Collection;
import java.util.List;

/** What is sent for each message of a list that is planned. */
public interface Contents {
  /** The middleware processes what it has. */
  Contents AS_THEY_ARE = _ -> new Answer.AsItIs();

  /** The same for all messages of a list, looked up at once where that is quicker. */
  default Contents of(Collection<Message> list) {
    return this;
  }

  /** For this message. */
  Answer of(Message message);

  /** What is sent. */
  sealed interface Answer {
    /** What the middleware has. */
    record AsItIs() implements Answer {}

    /** This instead. */
    record Corrected(String contentType, String body, List<FieldChange> changes)
        implements Answer {}

    /** Nothing: the message is left out, for a reason that is a sentence. */
    record Left(String reason) implements Answer {}
  }
}
