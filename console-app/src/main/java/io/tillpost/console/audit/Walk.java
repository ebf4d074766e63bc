package io.tillpost.console.audit;

import io.tillpost.console.audit.AuditCheck.Linked;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Page;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records of one kind in the order of the chain, read page by page. For one thread. */
final class Walk<T extends AuditRecord> {
  private static final DocumentQuery IN_ORDER =
      DocumentQuery.ALL.sorted(AuditKinds.SEQUENCE, false).page(1_000, null);

  private final Documents<T> documents;
  private Iterator<Versioned<T>> page;
  private @Nullable String after;
  private Optional<Linked> current = Optional.empty();

  private Walk(Documents<T> documents) {
    this.documents = documents;
    this.page = read(null);
    forward();
  }

  static <T extends AuditRecord> Walk<T> of(Documents<T> documents) {
    return new Walk<>(documents);
  }

  /** The record where it stands; empty at the end. */
  Optional<Linked> peek() {
    return current;
  }

  /** Goes on to the next one. */
  void forward() {
    if (!page.hasNext() && after != null) {
      page = read(after);
    }
    current = page.hasNext() ? linked(page.next()) : Optional.empty();
  }

  /** Empty for a record without a place in the chain: those stand at the end of the list. */
  private Optional<Linked> linked(Versioned<T> found) {
    ChainLink link = found.value().link();
    return link == null
        ? Optional.empty()
        : Optional.of(new Linked(found.id(), found.value(), link));
  }

  private Iterator<Versioned<T>> read(@Nullable String from) {
    Page<Versioned<T>> read = documents.find(IN_ORDER.page(1_000, from));
    after = read.next();
    return List.copyOf(read.items()).iterator();
  }
}
