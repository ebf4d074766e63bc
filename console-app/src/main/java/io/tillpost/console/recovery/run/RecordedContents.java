package io.tillpost.console.recovery.run;

import io.tillpost.console.recovery.Contents;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.store.Messages;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** What is replayed: the payload that was recorded last, or nothing where it is gone. */
public final class RecordedContents implements Contents {
  /** Why a message is left out, or not sent although it was on the list. */
  public static final String GONE =
      "The payload is gone: it was never recorded, or its time of keeping is over";

  private final Messages messages;

  public RecordedContents(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Contents of(Collection<Message> list) {
    Set<MessageId> recorded =
        messages.withPayload(list.stream().map(Message::id).collect(Collectors.toSet()));
    return message -> recorded.contains(message.id()) ? new Answer.AsItIs() : new Answer.Left(GONE);
  }

  @Override
  public Answer of(Message message) {
    return messages.payloads(message.id()).isEmpty() ? new Answer.Left(GONE) : new Answer.AsItIs();
  }
}
