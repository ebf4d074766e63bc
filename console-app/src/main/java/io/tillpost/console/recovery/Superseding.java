package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.Optional;
import java.util.Set;

/**
 * Knows workflows in which a newer message makes older ones about the same business object
 * needless: who sends an old stock count after a newer one was posted makes the stock wrong.
 */
final class Superseding {
  private static final int LOOK_AT = 50;

  private final Messages messages;
  private final Set<String> workflows;

  Superseding(Messages messages, Set<String> workflows) {
    this.messages = messages;
    this.workflows = workflows;
  }

  /** Whether newer messages of this workflow make older ones needless. */
  boolean in(String workflow) {
    return workflows.contains(workflow);
  }

  /** Why this message is needless: a newer one went through already; empty if it is not. */
  Optional<String> newerConfirmed(Message message) {
    String sku = message.businessKey().keys().get("sku");
    Optional<String> object = BusinessObject.of(message);
    if (!in(message.workflow()) || sku == null || object.isEmpty()) {
      return Optional.empty();
    }
    MessageQuery query =
        MessageQuery.ALL
            .withWorkflows(Set.of(message.workflow()))
            .withStatuses(Set.of(MessageStatus.CONFIRMED))
            .withText(sku)
            .withCaptured(message.capturedAt().plusMillis(1), null)
            .page(LOOK_AT, null);
    return messages.search(query).items().stream()
        .map(StoredMessage::message)
        .filter(newer -> BusinessObject.of(newer).equals(object))
        .findFirst()
        .map(newer -> "Superseded: the newer message " + newer.id() + " went through");
  }
}
