package io.tillpost.console.exceptions;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A filter that somebody keeps under a name.
 *
 * @param id opaque
 * @param name 1 to 60 characters
 * @param owner the user name of who keeps it
 * @param shared whether everybody sees it; only the owner changes it
 * @param query the filter as it stands in the address, without a question mark
 * @param savedAt when
 * @param request stands for the request with an {@code Idempotency-Key} that made it; null where
 *     there was none
 */
public record SavedView(
    String id,
    String name,
    String owner,
    boolean shared,
    String query,
    Instant savedAt,
    @Nullable String request) {
  /** The same with other contents. */
  SavedView as(String newName, String newQuery, boolean nowShared, Instant at) {
    return new SavedView(id, newName, owner, nowShared, newQuery, at, request);
  }

  /** In words, for the audit trail. */
  String words() {
    return name + (shared ? " · shared · " : " · ") + (query.isEmpty() ? "everything" : query);
  }
}
