package io.tillpost.console.messages;

import io.tillpost.console.security.StoreScope;
import io.tillpost.message.Attempt;
import io.tillpost.message.Message;
import io.tillpost.message.MessageFacts;
import io.tillpost.store.Messages.StoredMessage;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is seen of a message of a store that is not one's own: that it is there, of which store and
 * workflow, where it goes and how it stands, as impact and exceptions count it. Not what it says:
 * keys, register, transaction, money, the text of its failure, and whatever leads to its trace.
 */
final class ForeignMessages {
  private ForeignMessages() {}

  /** The same messages, those of other stores without what they say. */
  static List<StoredMessage> veiled(List<StoredMessage> messages, StoreScope stores) {
    return stores.isBound()
        ? messages.stream()
            .map(stored -> stores.has(stored.message().storeId()) ? stored : veiled(stored))
            .toList()
        : messages;
  }

  private static StoredMessage veiled(StoredMessage stored) {
    Message message = stored.message();
    SortedMap<Integer, Attempt> attempts = new TreeMap<>();
    message
        .attempts()
        .forEach(
            (number, attempt) ->
                attempts.put(number, new Attempt(number, attempt.reached(), null, null)));
    return new StoredMessage(
        new Message(
            message.id(),
            message.capturedAt(),
            veiled(message.facts()),
            attempts,
            message.lastEventAt()),
        stored.dueAt());
  }

  private static MessageFacts veiled(MessageFacts facts) {
    return new MessageFacts(
        facts.workflow(),
        null,
        facts.source(),
        facts.target(),
        facts.storeId(),
        null,
        facts.businessDate(),
        null,
        null,
        facts.schemaVersion(),
        null,
        new TreeMap<>());
  }
}
