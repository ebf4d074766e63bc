package io.tillpost.console.senders;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.AgeText;
import io.tillpost.store.Documents;
import io.tillpost.store.IngestSender;
import io.tillpost.store.IngestSender.Bounds;
import io.tillpost.store.SenderKey;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Makes senders and changes them, each change with a reason and an entry in the audit trail. Every
 * ingest process takes it into use within seconds, wherever it runs.
 */
@Service
public class Senders {
  private final Documents<IngestSender> senders;
  private final SenderChange change;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  Senders(Stores stores, SenderChange change, CurrentOperator currentOperator, Clock clock) {
    this.senders = stores.documents().of(IngestSender.DOCUMENTS);
    this.change = change;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /** Makes a sender with its first key. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer make(@Nullable String name, Bounds bounds, @Nullable String reason) {
    Optional<String> problem =
        SenderRules.name(name)
            .or(() -> SenderRules.bounds(bounds))
            .or(() -> SenderRules.reason(reason));
    if (problem.isPresent() || name == null || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    NewKey key = key();
    IngestSender sender = IngestSender.made(name, bounds, key.key());
    return change.audited(
        AuditAction.MAKE_SENDER,
        name,
        null,
        BoundsText.of(bounds) + ", key " + key.key().id(),
        reason,
        () ->
            senders.create(name, sender)
                ? new SenderAnswer.KeyMade(sender, key)
                : new SenderAnswer.Refused("There is a sender named " + name + " already."));
  }

  /**
   * Makes a new key, after which the others of this sender end.
   *
   * @param overlap how long they go on
   */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer rotate(String name, Duration overlap, @Nullable String reason) {
    Optional<String> problem = SenderRules.overlap(overlap).or(() -> SenderRules.reason(reason));
    if (problem.isPresent() || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    NewKey key = key();
    return change.make(
        name,
        reason,
        new SenderChange.Step(
            AuditAction.ROTATE_KEY,
            before -> keysThatOpen(before, key.key().madeAt()),
            "key " + key.key().id() + "; the others end after " + AgeText.of(overlap),
            before -> before.rotated(key.key(), overlap),
            "So many keys of this sender open that one of them has to be revoked first."),
        after -> new SenderAnswer.KeyMade(after, key));
  }

  /** Takes a key back at once. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer revoke(String name, String keyId, @Nullable String reason) {
    Optional<String> problem = SenderRules.reason(reason);
    if (problem.isPresent() || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    return change.make(
        name,
        reason,
        new SenderChange.Step(
            AuditAction.REVOKE_KEY,
            _ -> "key " + keyId,
            null,
            before -> before.revoked(keyId, clock.instant()),
            "This sender has no key " + keyId + " that is not revoked."),
        SenderAnswer.Done::new);
  }

  /** Gives it other bounds. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer bound(String name, Bounds bounds, @Nullable String reason) {
    Optional<String> problem = SenderRules.bounds(bounds).or(() -> SenderRules.reason(reason));
    if (problem.isPresent() || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    return change.make(
        name,
        reason,
        new SenderChange.Step(
            AuditAction.BOUND_SENDER,
            before -> BoundsText.of(before.bounds()),
            BoundsText.of(bounds),
            before -> Optional.of(before.bounded(bounds)),
            ""),
        SenderAnswer.Done::new);
  }

  private NewKey key() {
    return NewKey.make(clock.instant(), currentOperator.get().id());
  }

  private static String keysThatOpen(IngestSender sender, Instant now) {
    String open =
        String.join(
            ", ", sender.keys().stream().filter(key -> key.opens(now)).map(SenderKey::id).toList());
    return open.isEmpty() ? "no key" : "keys " + open;
  }
}
