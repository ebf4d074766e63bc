package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.EarlierCorrections;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.store.Messages;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;

/** What corrections begin with, and what the schemas of these payloads say to them. */
final class EditOriginals {
  private final Messages messages;
  private final EarlierCorrections asBefore;
  private final PayloadSchemas schemas;

  EditOriginals(Messages messages, EarlierCorrections asBefore, PayloadSchemas schemas) {
    this.messages = messages;
    this.asBefore = asBefore;
    this.schemas = schemas;
  }

  /** What a retry without another correction would send. */
  Optional<Payload> of(MessageId id) {
    return messages
        .find(id)
        .flatMap(stored -> of(asBefore.of(stored.message()), () -> recorded(id)));
  }

  /** The same of the messages of a list, read page by page in its order. */
  InList ofAll(Collection<Message> list) {
    Contents before = asBefore.of(list);
    InList recorded = recorded(list);
    return message -> of(before.of(message), () -> recorded.of(message));
  }

  /** What is recorded of the messages of a list, read page by page in its order. */
  InList recorded(Collection<Message> list) {
    ListPayloads payloads = new ListPayloads(messages, list.stream().map(Message::id).toList());
    return message -> payloads.of(message.id());
  }

  /** Payloads of the messages of a list; empty where there is none. */
  interface InList {
    Optional<Payload> of(Message message);
  }

  private static Optional<Payload> of(
      Contents.Answer asBefore, Supplier<Optional<Payload>> recorded) {
    return asBefore instanceof Contents.Answer.Corrected corrected
        ? Optional.of(new Payload(corrected.contentType(), corrected.body(), false))
        : recorded.get();
  }

  private Optional<Payload> recorded(MessageId id) {
    return messages.payloads(id).reversed().stream()
        .findFirst()
        .map(Messages.PayloadVersion::payload);
  }

  SchemaRules schema(MessageId id, Payload original) {
    return messages
        .find(id)
        .map(stored -> schema(stored.message(), original.contentType()))
        .orElse(SchemaRules.NONE);
  }

  SchemaRules schema(Message message, String contentType) {
    return PayloadFormat.of(contentType)
        .map(
            format ->
                new SchemaRules(
                    schemas.find(format.kind(), message.workflow(), message.schemaVersion())))
        .orElse(SchemaRules.NONE);
  }
}
