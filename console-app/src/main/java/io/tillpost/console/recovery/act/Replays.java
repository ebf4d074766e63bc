package io.tillpost.console.recovery.act;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.recovery.run.RecordedContents;
import io.tillpost.console.security.Permission;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Sends recorded messages of a window again, also those that succeeded, for those who may. The
 * target is trusted to know its own business keys: what it has already it answers with 409.
 */
public class Replays {
  private static final String MAY = "hasRole('" + Permission.Name.REPLAY + "')";

  private final RecoveryRecords records;
  private final Planning planning;
  private final Messages messages;
  private final RecoveryChannels channels;

  public Replays(
      RecoveryRecords records, Planning planning, Messages messages, RecoveryChannels channels) {
    this.records = records;
    this.planning = planning;
    this.messages = messages;
    this.channels = channels;
  }

  /** The names of the channels that messages can be replayed to, in the configured order. */
  @PreAuthorize(MAY)
  public List<String> channels() {
    return channels.all().stream().map(RecoveryChannel::name).toList();
  }

  /**
   * Freezes a list of recorded messages, so that it can be looked at. Nothing is dispatched.
   *
   * @param filter with a window that begins and ends
   * @param channel where they go, by its name
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(ListFilter filter, String channel, @Nullable String key) {
    return plan(filter, channel, EarlierWish.LEAVE_OUT, key);
  }

  /**
   * The same, with a wish for messages with an earlier one about the same business object that has
   * failed.
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(
      ListFilter filter, String channel, EarlierWish earlier, @Nullable String key) {
    return planAs(filter, channel, RetryRequest.plan(earlier, key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAs(ListFilter filter, String channel, RetryRequest request) {
    if (filter.from() == null || filter.to() == null) {
      return new OperationAnswer.Invalid("A replay has a window: from and to");
    }
    return planning.plan(
        new Wish(
            RecoveryAction.REPLAY,
            new Chosen.Matching(filter),
            request,
            new RecordedContents(messages),
            channel,
            "",
            null));
  }

  /**
   * Freezes what a replay did not bring to its end, to go to the same channel with what is recorded
   * by now, so that it can be looked at. Nothing is dispatched.
   *
   * @param operationId of a replay that has come to its end
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRest(String operationId, @Nullable String key) {
    return planRestAs(operationId, RetryRequest.plan(key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRestAs(String operationId, RetryRequest request) {
    return planOf(operationId, new Chosen.RestOf(operationId), request);
  }

  /**
   * Freezes the list of a replay once more, to the same channel, with other wishes for messages
   * that are not sent unless somebody says so; the other one stays as it is.
   *
   * @param operationId of a replay, whatever its state
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAnew(String operationId, RetryRequest request) {
    return planOf(operationId, new Chosen.ListOf(operationId), request);
  }

  private OperationAnswer planOf(String operationId, Chosen chosen, RetryRequest request) {
    RecoveryOperation replay =
        records.operations().get(operationId).map(Versioned::value).orElse(null);
    if (replay == null) {
      return new OperationAnswer.NotFound("There is no operation " + operationId);
    }
    if (replay.action() != RecoveryAction.REPLAY) {
      return new OperationAnswer.Invalid("REPLAY needs a filter and a channel, or restOf a replay");
    }
    return planning.plan(
        new Wish(
            RecoveryAction.REPLAY,
            chosen,
            request,
            new RecordedContents(messages),
            replay.channel(),
            "",
            null));
  }
}
