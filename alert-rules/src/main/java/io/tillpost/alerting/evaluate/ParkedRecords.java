package io.tillpost.alerting.evaluate;

import io.tillpost.message.MoneySum;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import io.tillpost.store.ParkedRecord;
import java.util.List;
import java.util.Set;

/** Records that were received, cannot be stored, and were not sent again by anybody. */
final class ParkedRecords {
  private static final DocumentQuery OLDEST_FIRST =
      DocumentQuery.ALL
          // Those of long ago have no state.
          .and(
              new Condition.NoneOf(
                  "state",
                  Set.of(ParkedRecord.State.TO_SEND.name(), ParkedRecord.State.SENT.name())))
          .sorted("accepted_at", false)
          .page(1, null);

  private final DocumentStore documents;

  ParkedRecords(DocumentStore documents) {
    this.documents = documents;
  }

  /** One reading, or nothing where no record is parked. */
  List<Measurement> measure() {
    Page<Versioned<ParkedRecord>> page = documents.of(ParkedRecord.DOCUMENTS).find(OLDEST_FIRST);
    return page.items().stream()
        .map(
            oldest ->
                new Measurement(
                    "",
                    "",
                    new Reading(
                        page.total(),
                        MoneySum.NONE,
                        oldest.value().acceptedAt(),
                        null,
                        null,
                        List.of(),
                        0)))
        .toList();
  }
}
