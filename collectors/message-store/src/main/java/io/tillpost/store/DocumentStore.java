package io.tillpost.store;

/** Keeps small documents of the other features, one collection for each kind. */
public interface DocumentStore {
  /** The collection of that kind; made in the storage on first use. */
  <T> Documents<T> of(DocumentKind<T> kind);
}
