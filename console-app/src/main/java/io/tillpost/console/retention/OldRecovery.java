package io.tillpost.console.retention;

import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryTurn;
import io.tillpost.recovery.TargetQuestion;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import io.tillpost.store.Stores;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Drops what guards recovery once there is nothing left to guard: claims of messages that are gone,
 * turns of which no item is open, questions that were answered, and what corrected payloads held.
 * Operations, their items and the audit trail say for ever what was done.
 */
final class OldRecovery {
  private static final int PAGE = 1_000;

  /** What has to stay must not keep the rest from being looked at. */
  private static final int PAGES = 10;

  private final Messages messages;
  private final Documents<RecoveryItem> items;
  private final Documents<RecoveryClaim> claims;
  private final Documents<RecoveryContent> contents;
  private final Documents<RecoveryTurn> turns;
  private final Documents<TargetQuestion> questions;

  OldRecovery(Stores stores) {
    messages = stores.messages();
    items = stores.documents().of(RecoveryKinds.ITEMS);
    claims = stores.documents().of(RecoveryKinds.CLAIMS);
    contents = stores.documents().of(RecoveryKinds.CONTENTS);
    turns = stores.documents().of(RecoveryKinds.TURNS);
    questions = stores.documents().of(RecoveryKinds.QUESTIONS);
  }

  /** Drops what is older than that moment. */
  void drop(Instant before) {
    drop(
        claims,
        DocumentQuery.ALL,
        "claimed_at",
        before,
        claim -> isSettled(claim.operationId(), claim.messageId()));
    drop(
        contents,
        DocumentQuery.ALL,
        "planned_at",
        before,
        content -> isSettled(content.operationId(), content.messageId()));
    drop(turns, DocumentQuery.ALL, "until", before, turn -> !isOpen(turn.itemId()));
    drop(
        questions,
        DocumentQuery.ALL.where("finished", "true"),
        "asked_at",
        before,
        TargetQuestion::finished);
  }

  /**
   * Whether nobody can make another attempt: then no claim is needed to know which were made. An
   * operation that is paused may hold an item for years, and needs the claims before its own and
   * what it sends.
   */
  private boolean isSettled(String operationId, String messageId) {
    return !isOpen(RecoveryItem.id(operationId, messageId))
        && items.count(
                DocumentQuery.ALL
                    .where("message_id", messageId)
                    .and(new Condition.AnyOf("state", ItemState.openNames())))
            == 0
        && messages.find(new MessageId(messageId)).isEmpty();
  }

  private boolean isOpen(String itemId) {
    return items.get(itemId).filter(item -> item.value().state().open()).isPresent();
  }

  private static <T> void drop(
      Documents<T> documents, DocumentQuery which, String time, Instant before, Predicate<T> done) {
    DocumentQuery old =
        which.and(new Condition.Between(time, null, before)).sorted(time, false).page(PAGE, null);
    @Nullable String after = null;
    for (int i = 0; i < PAGES; i++) {
      Page<Versioned<T>> page = documents.find(old.page(PAGE, after));
      for (Versioned<T> one : page.items()) {
        if (done.test(one.value())) {
          // By its version: somebody may just be taking a turn anew.
          documents.remove(one);
        }
      }
      after = page.next();
      if (after == null) {
        return;
      }
    }
  }
}
