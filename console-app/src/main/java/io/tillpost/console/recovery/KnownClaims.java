package io.tillpost.console.recovery;

import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.Documents.Versioned;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Claims of many messages and the items that hold them, read with few requests. Of another message,
 * or of an attempt that was not asked for, nothing is known.
 */
public final class KnownClaims implements EarlierClaims.Source {
  private final Map<String, Versioned<RecoveryClaim>> claims;
  private final Map<String, Versioned<RecoveryItem>> items;

  private KnownClaims(
      Map<String, Versioned<RecoveryClaim>> claims, Map<String, Versioned<RecoveryItem>> items) {
    this.claims = claims;
    this.items = items;
  }

  /** Reads the claims with these ids as they are now, and their items. */
  public static KnownClaims of(RecoveryRecords records, Collection<String> ids) {
    Map<String, Versioned<RecoveryClaim>> claims =
        ids.isEmpty() ? Map.of() : records.claims().getAll(ids);
    Set<String> holders =
        claims.values().stream()
            .map(claim -> holder(claim.value()))
            .collect(Collectors.toUnmodifiableSet());
    return new KnownClaims(claims, holders.isEmpty() ? Map.of() : records.items().getAll(holders));
  }

  @Override
  public Optional<RecoveryClaim> claim(String messageId, int attempt) {
    return Optional.ofNullable(claims.get(RecoveryClaim.id(messageId, attempt)))
        .map(Versioned::value);
  }

  @Override
  public Optional<RecoveryItem> itemOf(RecoveryClaim claim) {
    return Optional.ofNullable(items.get(holder(claim))).map(Versioned::value);
  }

  private static String holder(RecoveryClaim claim) {
    return RecoveryItem.id(claim.operationId(), claim.messageId());
  }
}
