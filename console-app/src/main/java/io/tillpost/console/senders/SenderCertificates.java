package io.tillpost.console.senders;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.AgeText;
import io.tillpost.store.CertificateMark;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestSender;
import io.tillpost.store.Page;
import io.tillpost.store.SenderCertificate;
import io.tillpost.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * Adds client certificates to senders, replaces and removes them, as {@link Senders} does with
 * keys. A certificate is of one sender at a time.
 */
@Service
public class SenderCertificates {
  private static final int PAGE = 1_000;
  private static final String SO_MANY =
      "So many certificates of this sender open, or this one does already, that one has to be"
          + " removed first.";

  private final Documents<IngestSender> senders;
  private final SenderList list;
  private final SenderChange change;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  SenderCertificates(
      Stores stores,
      SenderList list,
      SenderChange change,
      CurrentOperator currentOperator,
      Clock clock) {
    this.list = list;
    this.senders = stores.documents().of(IngestSender.DOCUMENTS);
    this.change = change;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Adds one; the others go on.
   *
   * @param written as {@link CertificateMark} reads it
   */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer add(String name, @Nullable String written, @Nullable String reason) {
    return checked(
        name,
        written,
        Duration.ZERO,
        reason,
        added ->
            new SenderChange.Step(
                AuditAction.ADD_CERTIFICATE,
                _ -> null,
                "certificate " + added.mark(),
                before -> before.certified(added),
                SO_MANY));
  }

  /**
   * Puts one in the place of another, as when a certificate is renewed.
   *
   * @param overlap how long the other goes on
   */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer replace(
      String name,
      String certificateId,
      @Nullable String written,
      Duration overlap,
      @Nullable String reason) {
    return checked(
        name,
        written,
        overlap,
        reason,
        added ->
            new SenderChange.Step(
                AuditAction.REPLACE_CERTIFICATE,
                before -> "certificate " + mark(before, certificateId),
                "certificate %s; the other ends after %s"
                    .formatted(added.mark(), AgeText.of(overlap)),
                before -> before.replaced(certificateId, added, overlap),
                "Either this one lets nobody in any more, or the new one opens already, or so many"
                    + " open that both cannot for a while: look at the list, add the new one, or"
                    + " replace it without an overlap."));
  }

  /** Takes one back at once. */
  @PreAuthorize("hasRole('" + Permission.Name.ADMINISTER + "')")
  public SenderAnswer remove(String name, String certificateId, @Nullable String reason) {
    Optional<String> problem = SenderRules.reason(reason);
    if (problem.isPresent() || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    return change.make(
        name,
        reason,
        new SenderChange.Step(
            AuditAction.REMOVE_CERTIFICATE,
            before -> "certificate " + mark(before, certificateId),
            null,
            before -> before.decertified(certificateId, clock.instant()),
            "This sender has no certificate " + certificateId + " that is not removed."),
        SenderAnswer.Done::new);
  }

  private SenderAnswer checked(
      String name,
      @Nullable String written,
      Duration overlap,
      @Nullable String reason,
      Function<SenderCertificate, SenderChange.Step> step) {
    Optional<String> problem = SenderRules.overlap(overlap).or(() -> SenderRules.reason(reason));
    if (problem.isPresent() || reason == null) {
      return new SenderAnswer.Invalid(problem.orElse(""));
    }
    return switch (CertificateMark.of(written == null ? "" : written)) {
      case CertificateMark.Wrong(var why) -> new SenderAnswer.Invalid(why);
      case CertificateMark.Known(var mark) ->
          otherOwner(name, mark)
              .map(
                  other ->
                      "It is a certificate of the sender " + other + ": remove it there first.")
              .or(() -> configuredOwner(mark))
              .<SenderAnswer>map(SenderAnswer.Refused::new)
              .orElseGet(
                  () ->
                      change.make(
                          name,
                          reason,
                          step.apply(
                              SenderCertificate.added(
                                  mark, clock.instant(), currentOperator.get().id())),
                          SenderAnswer.Done::new));
    };
  }

  /** There it would win, whatever is added here. */
  private Optional<String> configuredOwner(String mark) {
    return list.configured().stream()
        .filter(one -> one.certificates().contains(mark))
        .findFirst()
        .map(
            one ->
                "It stands in the configuration of ingest as one of the sender %s: take it out there first."
                    .formatted(one.name()));
  }

  /** Whose it is already. Of two who are given it in the same second ingest takes the first. */
  private Optional<String> otherOwner(String name, String mark) {
    DocumentQuery query = DocumentQuery.ALL.sorted("name", false);
    String after = null;
    do {
      Page<Versioned<IngestSender>> page = senders.find(query.page(PAGE, after));
      for (Versioned<IngestSender> found : page.items()) {
        IngestSender sender = found.value();
        if (!sender.name().equals(name)
            && sender.certificates().stream()
                .anyMatch(c -> c.mark().equals(mark) && c.opens(clock.instant()))) {
          return Optional.of(sender.name());
        }
      }
      after = page.next();
    } while (after != null);
    return Optional.empty();
  }

  private static String mark(IngestSender sender, String certificateId) {
    return sender.certificate(certificateId).map(SenderCertificate::mark).orElse(certificateId);
  }
}
