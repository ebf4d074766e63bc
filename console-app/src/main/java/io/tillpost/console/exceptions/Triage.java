package io.tillpost.console.exceptions;

import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.ForeignStoreException;
import io.tillpost.console.security.Permission;
import io.tillpost.console.text.CountText;
import io.tillpost.console.text.MoneyText;
import io.tillpost.failure.ExceptionEvent;
import io.tillpost.failure.FailureClass;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.failure.OwnerSide;
import io.tillpost.store.FailureQueries;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/** What people do about an exception: what each act needs, and what of it is written down. */
public class Triage {
  /** The longest comment, in characters. */
  public static final int LONGEST_COMMENT = 4_000;

  private static final int LONGEST_REASON = 1_000;
  private static final int LONGEST_ADDRESS = 2_000;

  private final FailureQueries failures;
  private final ExceptionStores stores;
  private final CurrentOperator currentOperator;
  private final KnownOperators operators;
  private final TeamNames teams;
  private final TriageActs acts;
  private final Clock clock;

  Triage(
      TriageRecords records,
      FailureQueries failures,
      AuditLog audit,
      CurrentOperator currentOperator,
      KnownOperators operators,
      TeamNames teams,
      Classifier classifier,
      Clock clock) {
    this.failures = failures;
    this.stores = new ExceptionStores(failures);
    this.currentOperator = currentOperator;
    this.operators = operators;
    this.teams = teams;
    this.acts =
        new TriageActs(records, failures, audit, currentOperator, classifier, operators, clock);
    this.clock = clock;
  }

  /**
   * Gives the exception a class.
   *
   * @param failureClass the class, or null to go by what the reporting system says
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer classify(Fingerprint fingerprint, @Nullable FailureClass failureClass) {
    return classify(fingerprint, failureClass, null);
  }

  /**
   * Gives the exception a class.
   *
   * @param failureClass the class, or null to go by what the reporting system says
   * @param note what who has to act then needs to know, up to 1,000 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer classify(
      Fingerprint fingerprint, @Nullable FailureClass failureClass, @Nullable String note) {
    String words = note == null || note.isBlank() ? null : note.strip();
    if (words != null && words.length() > LONGEST_REASON) {
      return new TriageAnswer.Invalid("A note has up to %,d characters".formatted(LONGEST_REASON));
    }
    return acts.handing(
        fingerprint,
        AuditAction.CLASSIFY,
        name(acts.decided(fingerprint).classOverride()),
        noted(failureClass, words),
        words,
        group -> group.classified(failureClass, words, acts.me(), clock.instant()));
  }

  /**
   * Says who has to act.
   *
   * @param side the side, or null to let the class decide
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer ownerSide(Fingerprint fingerprint, @Nullable OwnerSide side) {
    return ownerSide(fingerprint, side, null);
  }

  /**
   * Says who has to act.
   *
   * @param side the side, or null to let the class decide
   * @param note what that side needs to know, up to 1,000 characters, or null
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer ownerSide(
      Fingerprint fingerprint, @Nullable OwnerSide side, @Nullable String note) {
    String words = note == null || note.isBlank() ? null : note.strip();
    if (words != null && words.length() > LONGEST_REASON) {
      return new TriageAnswer.Invalid("A note has up to %,d characters".formatted(LONGEST_REASON));
    }
    return acts.handing(
        fingerprint,
        AuditAction.SET_OWNER_SIDE,
        name(acts.decided(fingerprint).sideOverride()),
        noted(side, words),
        words,
        group -> group.ownedBy(side, words, acts.me(), clock.instant()));
  }

  /**
   * Links a ticket in another system.
   *
   * @param address of http or https, without a name or password in it; null or blank for none
   */
  @PreAuthorize("hasRole('" + Permission.Name.COMMENT + "')")
  public TriageAnswer ticket(Fingerprint fingerprint, @Nullable String address) {
    String link = address == null || address.isBlank() ? null : address.strip();
    if (link != null && !isWebAddress(link)) {
      return new TriageAnswer.Invalid(
          "A ticket is an address that begins with https:// or http://, of up to %,d characters"
              .formatted(LONGEST_ADDRESS));
    }
    return acts.act(
        fingerprint,
        AuditAction.LINK_TICKET,
        acts.decided(fingerprint).ticket(),
        link,
        group -> group.ticketed(link, acts.me(), clock.instant()));
  }

  private static boolean isWebAddress(String link) {
    try {
      URI uri = new URI(link);
      return link.length() <= LONGEST_ADDRESS
          && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  /** Assigns the exception to who asks; its team stays. */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assignToMe(Fingerprint fingerprint) {
    return assigned(fingerprint, acts.me());
  }

  /**
   * Assigns the exception; its team stays.
   *
   * @param assignee the user name, or null for nobody, whatever a rule says
   */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assign(Fingerprint fingerprint, @Nullable String assignee) {
    return assignee != null && !operators.knows(assignee)
        ? nobodyIs(assignee)
        : assigned(fingerprint, assignee);
  }

  /** Puts the exception back to the team and the person that a rule says, if any does. */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assignByRule(Fingerprint fingerprint) {
    return acts.assigning(fingerprint, group -> group.assignedByRule(acts.me(), clock.instant()));
  }

  /**
   * Assigns the exception, whatever a rule says.
   *
   * @param assignee the user name, or null for nobody
   * @param team up to 100 characters, or null for none
   */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer assign(
      Fingerprint fingerprint, @Nullable String assignee, @Nullable String team) {
    if (assignee != null && !operators.knows(assignee)) {
      return nobodyIs(assignee);
    }
    String given = teams.meant(team);
    return teams
        .objection(given)
        .orElseGet(
            () ->
                acts.assigning(
                    fingerprint,
                    group -> group.assigned(assignee, given, acts.me(), clock.instant())));
  }

  /**
   * Gives the exception to a team, whatever a rule says; who deals with it stays.
   *
   * @param team up to 100 characters, or null for none
   */
  @PreAuthorize("hasRole('" + Permission.Name.ASSIGN + "')")
  public TriageAnswer giveToTeam(Fingerprint fingerprint, @Nullable String team) {
    String given = teams.meant(team);
    return teams
        .objection(given)
        .orElseGet(
            () ->
                acts.assigning(
                    fingerprint, group -> group.givenToTeam(given, acts.me(), clock.instant())));
  }

  private static TriageAnswer nobodyIs(String assignee) {
    return new TriageAnswer.Invalid("Nobody has the user name " + assignee);
  }

  /**
   * Adds a comment.
   *
   * @param text plain text, 1 to 4,000 characters
   */
  @PreAuthorize("hasRole('" + Permission.Name.COMMENT + "')")
  public TriageAnswer comment(Fingerprint fingerprint, String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > LONGEST_COMMENT) {
      return new TriageAnswer.Invalid(
          "A comment has 1 to %,d characters".formatted(LONGEST_COMMENT));
    }
    return acts.act(
        fingerprint,
        AuditAction.COMMENT,
        null,
        stripped,
        group -> group.commented(stripped, acts.me(), clock.instant()));
  }

  /**
   * Lets the exception be until it becomes worse; its messages still count.
   *
   * @param until with at least one end
   * @param reason why, 1 to 1,000 characters
   */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer ignore(Fingerprint fingerprint, IgnoredUntil until, String reason) {
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      return new TriageAnswer.Invalid(
          "Say why it is ignored, in up to %,d characters".formatted(LONGEST_REASON));
    }
    if (until.isForEver()) {
      return new TriageAnswer.Invalid(
          "Say until when, or until how many messages, stores or how much money");
    }
    Instant now = clock.instant();
    if (until.time() != null && !until.time().isAfter(now)) {
      return new TriageAnswer.Invalid("The time until which it is ignored is over");
    }
    Optional<String> over =
        failures
            .group(fingerprint)
            .flatMap(g -> until.overBecause(g.messages(), g.stores(), g.money(), now));
    if (over.isPresent()) {
      return new TriageAnswer.Invalid("It is as bad as that already: " + over.get());
    }
    return acts.changed(
        fingerprint,
        AuditAction.IGNORE,
        "ignored until " + words(until),
        why,
        group -> group.ignored(until, why, acts.me(), clock.instant()),
        "It cannot be ignored: a recovery runs, or no message is failed any more");
  }

  /** As the audit trail keeps it: the first of these ends it. */
  private static String words(IgnoredUntil until) {
    List<String> ends = new ArrayList<>();
    if (until.time() != null) {
      ends.add(until.time().toString());
    }
    if (until.messages() != null) {
      ends.add("more than " + CountText.of(until.messages(), "message"));
    }
    if (until.stores() != null) {
      ends.add("more than " + CountText.of(until.stores(), "store"));
    }
    if (until.money() != null) {
      ends.add("more than " + MoneyText.of(until.money()));
    }
    return String.join(" or ", ends);
  }

  /** Takes {@link #ignore} back. */
  @PreAuthorize("hasRole('" + Permission.Name.CLASSIFY + "')")
  public TriageAnswer notice(Fingerprint fingerprint) {
    return acts.changed(
        fingerprint,
        AuditAction.NOTICE,
        "no longer ignored",
        null,
        group ->
            group.after(ExceptionEvent.NOTICED, acts.me(), "stopped ignoring it", clock.instant()),
        "It is not ignored");
  }

  /**
   * Stops the automatic retry of the exception's messages: none of them goes out again by itself,
   * also of those that are planned.
   *
   * @param reason why, 1 to 1,000 characters
   * @throws ForeignStoreException where it has messages of stores that are not the operator's
   */
  @PreAuthorize("hasRole('" + Permission.Name.RETRY + "')")
  public TriageAnswer stopAutomaticRetry(Fingerprint fingerprint, String reason) {
    ownStoresOnly(fingerprint);
    String why = reason.strip();
    if (why.isEmpty() || why.length() > LONGEST_REASON) {
      return new TriageAnswer.Invalid(
          "Say why the automatic retry is stopped, in up to %,d characters"
              .formatted(LONGEST_REASON));
    }
    return acts.changed(
        fingerprint,
        AuditAction.STOP_AUTOMATIC_RETRY,
        "automatic retry stopped",
        why,
        group ->
            group.retryStoppedBy() == null
                ? Optional.of(group.automaticRetryStopped(why, acts.me(), clock.instant()))
                : Optional.empty(),
        "Its automatic retry is stopped already");
  }

  /**
   * Takes {@link #stopAutomaticRetry} back.
   *
   * @throws ForeignStoreException where it has messages of stores that are not the operator's
   */
  @PreAuthorize("hasRole('" + Permission.Name.RETRY + "')")
  public TriageAnswer startAutomaticRetry(Fingerprint fingerprint) {
    ownStoresOnly(fingerprint);
    return acts.changed(
        fingerprint,
        AuditAction.START_AUTOMATIC_RETRY,
        "automatic retry started",
        null,
        group ->
            group.retryStoppedBy() == null
                ? Optional.empty()
                : Optional.of(group.automaticRetryStarted(acts.me(), clock.instant())),
        "Its automatic retry is not stopped");
  }

  /**
   * Why the current operator may not stop or start its automatic retry, as a sentence; empty if
   * they may. It is the one act of triage that holds messages back or lets them go.
   */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> automaticRetryObjection(Fingerprint fingerprint) {
    return currentOperator
        .refusal(Permission.RETRY)
        .or(() -> stores.refusal(fingerprint, currentOperator.stores()));
  }

  private void ownStoresOnly(Fingerprint fingerprint) {
    stores
        .refusal(fingerprint, currentOperator.stores())
        .ifPresent(
            why -> {
              throw new ForeignStoreException(why);
            });
  }

  private TriageAnswer assigned(Fingerprint fingerprint, @Nullable String assignee) {
    return acts.assigning(
        fingerprint, group -> group.assignedTo(assignee, acts.me(), clock.instant()));
  }

  /** As the audit trail keeps it: what was chosen, if anything was, and the note. */
  private static @Nullable String noted(@Nullable Enum<?> chosen, @Nullable String note) {
    return note == null ? name(chosen) : (chosen == null ? "none" : chosen.name()) + ": " + note;
  }

  private static @Nullable String name(@Nullable Enum<?> value) {
    return value == null ? null : value.name();
  }
}
