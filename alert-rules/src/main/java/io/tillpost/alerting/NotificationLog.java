package io.tillpost.alerting;

import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.notify.Outcome;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every mail as it was sent. Methods throw {@link io.tillpost.store.StoreUnavailableException}
 * while the storage does not answer. Thread-safe.
 */
public final class NotificationLog {
  private final Documents<Notification> log;

  NotificationLog(DocumentStore documents) {
    this.log = documents.of(Notification.DOCUMENTS);
  }

  /**
   * The mails that match, latest first.
   *
   * @param text words of the subject, or null
   * @param alertId of this alert only, or null
   * @param outcomes with any of these outcomes; empty for all
   * @param size 1 to 1,000
   * @param after {@link Page#next} of the part before, or null for the first
   */
  public Page<Notification> search(
      @Nullable String text,
      @Nullable String alertId,
      Set<Outcome> outcomes,
      int size,
      @Nullable String after) {
    DocumentQuery query = DocumentQuery.ALL.sorted("created_at", true).page(size, after);
    if (text != null && !text.isBlank()) {
      query = query.and(new Condition.Words("subject", text.strip()));
    }
    if (alertId != null) {
      query = query.where("alert_id", alertId);
    }
    if (!outcomes.isEmpty()) {
      Set<String> names = outcomes.stream().map(Enum::name).collect(Collectors.toSet());
      query = query.and(new Condition.AnyOf("outcome", names));
    }
    Page<Versioned<Notification>> page = log.find(query);
    return new Page<>(
        page.items().stream().map(Versioned::value).toList(), page.total(), page.next());
  }

  /** The mail with this id. */
  public Optional<Notification> find(String id) {
    return log.get(id).map(Versioned::value);
  }
}
