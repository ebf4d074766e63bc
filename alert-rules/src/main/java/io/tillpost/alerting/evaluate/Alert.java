package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Grouping;
import io.tillpost.alerting.rule.Severity;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentKind.FieldType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One alert: a rule and one of its groups, as it stands. Kept as a document of the kind {@code
 * alert-states}, written by compare-and-set only.
 *
 * @param id {@link #idOf}
 * @param rule the rule's name
 * @param grouping what the group is
 * @param group a region, a workflow's name, a called system, or empty
 * @param groupTitle the group as shown, or empty
 * @param severity as the rule has it
 * @param labels as the rule has them
 * @param phase the state; see {@link #standing}
 * @param since when this state began
 * @param heldSince see {@link Standing#heldSince}
 * @param lastHeld see {@link Standing#lastHeld}
 * @param firingSince when it last began to fire; null if it never did
 * @param sequence how many transitions there were
 * @param previousPhase the state before this one
 * @param reading what was measured at {@code evaluatedAt}
 * @param comparisons why the condition holds or does not
 * @param message what it tells people, with the numbers of when the condition last held
 * @param evaluatedAt when it was last looked at
 * @param acknowledgement who has taken it since it fires; null for nobody
 * @param mailed what was mailed of it
 */
public record Alert(
    String id,
    String rule,
    Grouping grouping,
    String group,
    String groupTitle,
    Severity severity,
    Map<String, String> labels,
    AlertPhase phase,
    Instant since,
    @Nullable Instant heldSince,
    @Nullable Instant lastHeld,
    @Nullable Instant firingSince,
    long sequence,
    AlertPhase previousPhase,
    Reading reading,
    List<Comparison> comparisons,
    AlertMessage message,
    Instant evaluatedAt,
    @Nullable Acknowledgement acknowledgement,
    Mailed mailed) {
  /** One document for each alert that was ever on, by {@link #id}. */
  public static final DocumentKind<Alert> DOCUMENTS =
      new DocumentKind<>(
          "alert-states",
          Alert.class,
          Map.of(
              "rule", FieldType.KEYWORD,
              "group", FieldType.KEYWORD,
              "phase", FieldType.KEYWORD,
              "since", FieldType.DATE),
          true);

  public Alert {
    labels = Map.copyOf(labels);
    comparisons = List.copyOf(comparisons);
  }

  /** The id of the alert of that rule and group; the same for ever, safe in an address. */
  public static String idOf(String rule, String group) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((rule + "\u0000" + group).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Where it stands. */
  public Standing standing() {
    return new Standing(phase, since, heldSince, lastHeld);
  }

  /** Like {@code Stores with unsent transactions · Germany North}. */
  public String title() {
    return groupTitle.isEmpty() ? rule : rule + " · " + groupTitle;
  }

  /** Whether it is pending or firing. */
  public boolean isActive() {
    return phase == AlertPhase.PENDING || phase == AlertPhase.FIRING;
  }

  /** Who has taken it since it fires. */
  public Optional<Acknowledgement> acknowledged() {
    return Optional.ofNullable(acknowledgement);
  }

  /** The same, taken by somebody. */
  public Alert with(@Nullable Acknowledgement newAcknowledgement) {
    return new Alert(
        id,
        rule,
        grouping,
        group,
        groupTitle,
        severity,
        labels,
        phase,
        since,
        heldSince,
        lastHeld,
        firingSince,
        sequence,
        previousPhase,
        reading,
        comparisons,
        message,
        evaluatedAt,
        newAcknowledgement,
        mailed);
  }

  /** The same after a mail. */
  public Alert with(Mailed newMailed) {
    return new Alert(
        id,
        rule,
        grouping,
        group,
        groupTitle,
        severity,
        labels,
        phase,
        since,
        heldSince,
        lastHeld,
        firingSince,
        sequence,
        previousPhase,
        reading,
        comparisons,
        message,
        evaluatedAt,
        acknowledgement,
        newMailed);
  }
}
