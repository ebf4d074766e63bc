package io.tillpost.console.recovery.api;

import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.recovery.operation.Operations;
import io.tillpost.console.recovery.operation.Outlook;
import io.tillpost.message.Money;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.EarlierPassed;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationStep;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.StoreShare;
import io.tillpost.recovery.SupersededSent;
import io.tillpost.recovery.TargetAsked;
import io.tillpost.store.Page;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations as the HTTP API shows them. The names are a public contract. */
final class OperationJson {
  private OperationJson() {}

  /**
   * An operation.
   *
   * @param reason blank while it is previewed
   * @param size how many messages were frozen
   * @param preparation how far the list is read and frozen; null unless it is planned
   * @param preview what was frozen; null while it is planned
   * @param counts how many came to which state; states without a message are left out
   * @param outlook how it is expected to go; null where it is at its end, sends nothing or is only
   *     listed
   * @param history every change of state, oldest first
   * @param set the field that an edit sets in every payload; null where it sets none, is only
   *     listed, or is not to be seen by who asks
   * @param items this part of them, ordered by message
   * @param next where the following part begins, to be given as {@code after}; null at the end
   */
  record OperationView(
      String id,
      RecoveryAction action,
      String requestedBy,
      String reason,
      Instant requestedAt,
      String scope,
      String channel,
      OperationState state,
      int size,
      @Nullable PreparationView preparation,
      @Nullable PreviewView preview,
      Map<ItemState, Long> counts,
      @Nullable OutlookView outlook,
      List<OperationStep> history,
      PlanBodies.@Nullable RuleBody set,
      List<ItemView> items,
      @Nullable String next) {}

  /**
   * How it is expected to go.
   *
   * @param expectedSeconds from its beginning until everything is sent, at the targets' rates
   * @param rates messages a second at most, by target
   * @param notices what holds it up now, as sentences
   */
  record OutlookView(long expectedSeconds, Map<String, Double> rates, List<String> notices) {
    static @Nullable OutlookView of(RecoveryOperation operation, Operations operations) {
      if (!operation.state().open() || operation.action().onlyRecorded()) {
        return null;
      }
      Outlook outlook = operations.outlook(operation);
      return new OutlookView(outlook.expected().toSeconds(), outlook.rates(), outlook.notices());
    }
  }

  /**
   * How far the list is prepared: first it is read which messages are on it, then it is frozen.
   *
   * @param messages how many are to be frozen; while they are read, about how many
   * @param frozen how many are, at least
   * @param read how many are read, at least; null once it is known which ones are on the list
   */
  record PreparationView(int messages, int frozen, @Nullable Integer read) {
    static @Nullable PreparationView of(RecoveryOperation operation) {
      Preparation preparation = operation.preparation();
      return preparation == null || operation.state() != OperationState.PLANNED
          ? null
          : new PreparationView(preparation.messages(), preparation.frozen(), preparation.read());
    }
  }

  /**
   * What was frozen.
   *
   * @param toSend how many are to be dispatched
   * @param canary how many of those go first
   * @param stores in how many stores
   * @param money per currency, never converted
   * @param targets how many to which target
   * @param skipped how many are left out for which reason
   * @param listHash names the list; to be given when it is approved
   * @param succeeded how many of those to be dispatched the target has already
   * @param earlier of earlier messages about the same business objects that have failed and do not
   *     go with them; null where there are none
   * @param superseded what goes although a newer message makes it needless; null where nothing does
   * @param byStore the stores with the most to be dispatched, those first, 200 at most
   */
  record PreviewView(
      int toSend,
      int canary,
      int stores,
      List<Money> money,
      Map<String, Integer> targets,
      Map<String, Integer> skipped,
      String listHash,
      int succeeded,
      @Nullable EarlierFailed earlier,
      @Nullable SupersededSent superseded,
      List<StoreView> byStore) {
    static @Nullable PreviewView of(@Nullable OperationSummary summary) {
      return summary == null
          ? null
          : new PreviewView(
              summary.toSend(),
              summary.canary(),
              summary.stores(),
              summary.money().amounts(),
              summary.targets(),
              summary.skipped(),
              summary.listHash(),
              summary.succeeded() == null ? 0 : summary.succeeded(),
              summary.earlier(),
              summary.superseded(),
              summary.byStore().stream().map(StoreView::of).toList());
    }
  }

  /**
   * What of the list is of one store.
   *
   * @param store null for messages that name none
   * @param messages how many are to be dispatched
   * @param money per currency, never converted
   */
  record StoreView(@Nullable String store, int messages, List<Money> money) {
    static StoreView of(StoreShare share) {
      return new StoreView(
          share.store().equals(OperationSummary.NO_STORE) ? null : share.store(),
          share.messages(),
          share.money().amounts());
    }
  }

  /**
   * One message of an operation.
   *
   * @param reason why it is in this state, or null
   * @param asked what the target said when somebody had it asked the last time, or null
   * @param passes the earlier messages about the same business object that had failed when the list
   *     was frozen and before which it goes, because somebody decided so, or null
   * @param supersededBy the newer message about the same business object in spite of which it goes,
   *     because somebody decided so, or null
   */
  record ItemView(
      String operationId,
      String messageId,
      int attempt,
      ItemState state,
      @Nullable String reason,
      @Nullable Instant sentAt,
      @Nullable Instant deadline,
      @Nullable String traceId,
      @Nullable TargetAsked asked,
      @Nullable EarlierPassed passes,
      @Nullable String supersededBy) {
    static ItemView of(RecoveryItem item) {
      return new ItemView(
          item.operationId(),
          item.messageId(),
          item.attempt(),
          item.state(),
          item.reason(),
          item.sentAt(),
          item.deadline(),
          item.traceId(),
          item.asked(),
          item.passes(),
          item.supersededBy());
    }
  }

  /** An operation that was just written, with the first of its messages. */
  static OperationView of(RecoveryOperation operation, Operations operations) {
    return of(
        new OperationProgress(operation, Map.of()),
        operations.items(operation.id(), Set.of(), 1, null),
        OutlookView.of(operation, operations),
        operations.ruleOf(operation));
  }

  /**
   * An operation with these messages.
   *
   * @param rule the field that it sets, to be shown; null for none
   */
  static OperationView of(
      OperationProgress progress,
      Page<RecoveryItem> items,
      @Nullable OutlookView outlook,
      @Nullable FieldRule rule) {
    RecoveryOperation o = progress.operation();
    return new OperationView(
        o.id(),
        o.action(),
        o.requestedBy(),
        o.reason(),
        o.requestedAt(),
        o.scope().description(),
        o.channel(),
        o.state(),
        o.size(),
        PreparationView.of(o),
        PreviewView.of(o.summary()),
        progress.counts(),
        outlook,
        o.history(),
        rule == null ? null : new PlanBodies.RuleBody(rule.field(), rule.where(), rule.value()),
        items.items().stream().map(ItemView::of).toList(),
        items.next());
  }
}
