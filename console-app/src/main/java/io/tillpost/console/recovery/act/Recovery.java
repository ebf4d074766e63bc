package io.tillpost.console.recovery.act;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.store.Messages;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Plans retries for those who may: freezes their lists, and begins them at once where that is asked
 * for. What can be done with them then: {@link OperationControl}. What becomes of them: {@link
 * Operations}. All methods accept with the operation, the same one for every repeat with the same
 * key.
 */
public class Recovery {
  /** The longest list of messages chosen one by one. */
  public static final int MOST_CHOSEN = Wish.MOST_CHOSEN;

  private static final String MAY = "hasRole('" + Permission.Name.RETRY + "')";

  private final Planning planning;
  private final Messages messages;

  public Recovery(Planning planning, Messages messages) {
    this.planning = planning;
    this.messages = messages;
  }

  /** Retries one failed message. It begins at once, unless a second person has to approve. */
  @PreAuthorize(MAY)
  public OperationAnswer retryMessage(MessageId id, RetryRequest request) {
    return retry(new Chosen.One(id), request);
  }

  /**
   * Retries all messages that are failed in an exception now, as many as one operation takes, the
   * oldest first. The list is frozen at once: what fails later is not touched. It begins at once,
   * unless a second person has to approve.
   */
  @PreAuthorize(MAY)
  public OperationAnswer retryException(Fingerprint fingerprint, RetryRequest request) {
    return retry(new Chosen.OfException(fingerprint), request);
  }

  /**
   * Freezes a list, so that it can be looked at. Nothing is dispatched.
   *
   * @param chosen messages of workflows with the same channel
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(Chosen chosen, @Nullable String key) {
    return plan(chosen, EarlierWish.LEAVE_OUT, key);
  }

  /**
   * The same, with a wish for messages with an earlier one about the same business object that has
   * failed and does not go with them.
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(Chosen chosen, EarlierWish earlier, @Nullable String key) {
    return planAs(chosen, RetryRequest.plan(earlier, key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAs(Chosen chosen, RetryRequest request) {
    return retry(chosen, request);
  }

  /**
   * The ids of earlier messages about the same business object that have failed and are in no
   * operation that is under way, the oldest first, up to 20: retrying the message by itself would
   * go before them. Empty for what needs no order.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public List<MessageId> earlierFailed(MessageId id) {
    return messages
        .find(id)
        .map(stored -> planning.before(stored.message()).oldest().stream())
        .orElse(Stream.of())
        .map(one -> new MessageId(one.id()))
        .toList();
  }

  /**
   * Why another attempt of the message may post it a second time, and what to do, as a sentence:
   * nobody knows whether an earlier one reached the target. Empty where that is known.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> doubt(MessageId id) {
    return messages
        .find(id)
        .flatMap(stored -> planning.doubt(RecoveryAction.RETRY, stored.message()));
  }

  /**
   * A newer message about the same business object that got through and makes this one needless, in
   * workflows where it does; empty if there is none. It is not sent then, unless that is wished.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<MessageId> supersededBy(MessageId id) {
    return messages
        .find(id)
        .flatMap(stored -> planning.supersededBy(stored.message()))
        .map(MessageId::new);
  }

  /** {@link #plan} for all messages that are failed in an exception now. */
  @PreAuthorize(MAY)
  public OperationAnswer planException(Fingerprint fingerprint, @Nullable String key) {
    return plan(new Chosen.OfException(fingerprint), key);
  }

  /** {@link #plan} for 1 to 1,000 messages. */
  @PreAuthorize(MAY)
  public OperationAnswer planMessages(Collection<MessageId> ids, @Nullable String key) {
    return plan(Chosen.Several.of(ids), key);
  }

  /**
   * {@link #plan} for what an operation did not bring to its end: failed again, refused, rejected
   * or left out. What is unconfirmed is not on it: nobody knows whether the target has it.
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRest(String operationId, @Nullable String key) {
    return plan(new Chosen.RestOf(operationId), key);
  }

  /**
   * {@link #plan} for the list of another one, with a wish for messages with an earlier one that
   * has failed; the other one stays as it is.
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAnew(String operationId, EarlierWish earlier, @Nullable String key) {
    return planAnew(operationId, RetryRequest.plan(earlier, key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAnew(String operationId, RetryRequest request) {
    return planAs(new Chosen.ListOf(operationId), request);
  }

  /** Why this message cannot be retried now, as a sentence for a button; empty if it can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(Message message) {
    return planning.objection(RecoveryAction.RETRY, message);
  }

  /**
   * Why the message with this id cannot be retried now, as a sentence for a button; empty if it
   * can.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(MessageId id) {
    return messages
        .find(id)
        .map(stored -> objection(stored.message()))
        .orElseGet(() -> Optional.of("The message is not stored"));
  }

  /** Why messages of this workflow cannot be retried at all; empty if they can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(String workflow) {
    return planning.channelMissing(workflow);
  }

  private OperationAnswer retry(Chosen chosen, RetryRequest request) {
    return planning.plan(new Wish(RecoveryAction.RETRY, chosen, request));
  }
}
