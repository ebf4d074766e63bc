package io.tillpost.console.recovery.act;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.security.Permission;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.Messages;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Gives failed messages up for those who may, and takes that back. A discard is a message event of
 * Tillpost's own: the message leaves impact, exceptions and alerts, nothing is sent to the
 * middleware, and what the middleware reports later still counts. All methods accept with the
 * operation, the same one for every repeat with the same key.
 */
public class Discards {
  private static final String MAY = "hasRole('" + Permission.Name.DISCARD + "')";

  private final Planning planning;
  private final Messages messages;

  public Discards(Planning planning, Messages messages) {
    this.planning = planning;
    this.messages = messages;
  }

  /** Discards one failed message. It begins at once, unless a second person has to approve. */
  @PreAuthorize(MAY)
  public OperationAnswer discardMessage(MessageId id, RetryRequest request) {
    return planning.plan(new Wish(RecoveryAction.DISCARD, new Chosen.One(id), request));
  }

  /**
   * Freezes a list of messages to be discarded, so that it can be looked at. Nothing is discarded
   * yet.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(Chosen chosen, @Nullable String key) {
    return planning.plan(new Wish(RecoveryAction.DISCARD, chosen, RetryRequest.plan(key)));
  }

  /** Takes back that one message was discarded: it stands as it did before. Begins at once. */
  @PreAuthorize(MAY)
  public OperationAnswer restoreMessage(MessageId id, RetryRequest request) {
    return planning.plan(new Wish(RecoveryAction.RESTORE, new Chosen.One(id), request));
  }

  /**
   * Freezes a list of discarded messages to be restored, so that it can be looked at.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRestore(Chosen chosen, @Nullable String key) {
    return planning.plan(new Wish(RecoveryAction.RESTORE, chosen, RetryRequest.plan(key)));
  }

  /** Why this message cannot be discarded now, as a sentence; empty if it can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(MessageId id) {
    return objection(RecoveryAction.DISCARD, id);
  }

  /** Why this message cannot be restored now, as a sentence; empty if it can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> restoreObjection(MessageId id) {
    return objection(RecoveryAction.RESTORE, id);
  }

  private Optional<String> objection(RecoveryAction action, MessageId id) {
    return messages
        .find(id)
        .map(stored -> planning.objection(action, stored.message()))
        .orElseGet(() -> Optional.of("The message is not stored"));
  }
}
