package io.tillpost.console.recovery;

import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents;
import io.tillpost.store.Page;
import io.tillpost.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Documents as a console sees them that is killed at its n-th write: nothing gets through any more,
 * and the write itself either happened or did not.
 */
public final class DyingStore implements DocumentStore {
  private final DocumentStore alive;
  private final boolean lastWriteHappens;
  private int writesLeft;

  public DyingStore(DocumentStore alive, int writes, boolean lastWriteHappens) {
    this.alive = alive;
    this.writesLeft = writes;
    this.lastWriteHappens = lastWriteHappens;
  }

  public synchronized boolean isDead() {
    return writesLeft <= 0;
  }

  @Override
  public <T> Documents<T> of(DocumentKind<T> kind) {
    return new Dying<>(alive.of(kind));
  }

  private synchronized <R> R read(Supplier<R> reading) {
    if (isDead()) {
      throw killed();
    }
    return reading.get();
  }

  private synchronized <R> R write(Supplier<R> writing) {
    if (isDead()) {
      throw killed();
    }
    writesLeft--;
    if (!isDead()) {
      return writing.get();
    }
    if (lastWriteHappens) {
      var _ = writing.get();
    }
    throw killed();
  }

  /** Of many that are written with one request only some may have been when it is killed. */
  private synchronized <T> Set<String> writeSome(
      Documents<T> documents, Collection<Documents.Replacement<T>> replacements) {
    List<Documents.Replacement<T>> all = List.copyOf(replacements);
    return write(() -> documents.replaceAll(isDead() ? all.subList(0, (all.size() + 1) / 2) : all));
  }

  private static StoreUnavailableException killed() {
    return new StoreUnavailableException("killed", null);
  }

  private final class Dying<T> implements Documents<T> {
    private final Documents<T> documents;

    Dying(Documents<T> documents) {
      this.documents = documents;
    }

    @Override
    public boolean create(String id, T value) {
      return write(() -> documents.create(id, value));
    }

    @Override
    public Set<String> createAll(Map<String, T> values) {
      return write(() -> documents.createAll(values));
    }

    @Override
    public Optional<Versioned<T>> get(String id) {
      return read(() -> documents.get(id));
    }

    @Override
    public boolean replace(Versioned<T> expected, T value) {
      return write(() -> documents.replace(expected, value));
    }

    @Override
    public Set<String> replaceAll(Collection<Replacement<T>> replacements) {
      return writeSome(documents, replacements);
    }

    @Override
    public boolean remove(Versioned<T> expected) {
      throw new UnsupportedOperationException("Recovery never removes");
    }

    @Override
    public void put(String id, @Nullable T value) {
      throw new UnsupportedOperationException("Recovery never overwrites");
    }

    @Override
    public void removeAll(Set<String> ids) {
      var _ =
          write(
              () -> {
                documents.removeAll(ids);
                return ids;
              });
    }

    @Override
    public Page<Versioned<T>> find(DocumentQuery query) {
      return read(() -> documents.find(query));
    }

    @Override
    public long count(DocumentQuery query) {
      return read(() -> documents.count(query));
    }

    @Override
    public Map<String, Long> countBy(String field, DocumentQuery query) {
      return read(() -> documents.countBy(field, query));
    }

    @Override
    public void eachValue(String field, int part, DocumentQuery query, Consumer<Set<String>> each) {
      List<Set<String>> parts = new ArrayList<>();
      var _ =
          read(
              () -> {
                documents.eachValue(field, part, query, parts::add);
                return parts;
              });
      parts.forEach(each);
    }

    @Override
    public Map<String, Map<String, Long>> countBy(
        String field, String within, DocumentQuery query) {
      return read(() -> documents.countBy(field, within, query));
    }

    @Override
    public Map<String, List<Versioned<T>>> firstOf(String field, int each, DocumentQuery query) {
      return read(() -> documents.firstOf(field, each, query));
    }
  }
}
