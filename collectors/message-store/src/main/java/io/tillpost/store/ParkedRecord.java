package io.tillpost.store;

import io.tillpost.store.DocumentKind.FieldType;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A received record that can never be stored as what it claims to be, kept so that nothing is lost
 * silently. Its document id follows from its content: the same wrong record sent again is parked
 * once.
 *
 * @param kind what it claims to be
 * @param reason why it is wrong, with the path of the field where one is known
 * @param source who sent it, as far as it says; may be empty
 * @param acceptedAt when it was received
 * @param toldSender whether its sender was told in the answer; otherwise the storage refused it
 *     later
 * @param text its content as text, card numbers masked; where it is long it is cut and ends with
 *     {@link #CUT}; empty where it was left out of what was read
 * @param state whether it is parked, or an operator has sent it again
 */
public record ParkedRecord(
    Kind kind,
    String reason,
    String source,
    Instant acceptedAt,
    boolean toldSender,
    String text,
    State state) {
  /** What is left out of a document when it is read for a list: the text. */
  public static final Set<String> FOR_LISTS = Set.of("text");

  /** One that was written before there were states was never sent again. */
  public ParkedRecord {
    text = Objects.requireNonNullElse(text, "");
    state = Objects.requireNonNullElse(state, State.PARKED);
  }

  /** How the reason ends where a sender that is bound to stores names none. */
  public static final String NO_STORE = "is missing, and this key is for some stores only";

  /** How the reason ends where its sender may not send for its store. */
  public static final String OTHER_STORE = "is not a store that this key may send for";

  /** The last character of a text that was cut. */
  public static final String CUT = "…";

  /** How a text ends in which a number is another one than was sent. */
  public static final String ALTERED = " (a number in it is masked)";

  /** All parked records. */
  public static final DocumentKind<ParkedRecord> DOCUMENTS =
      new DocumentKind<>(
          "parked-records",
          ParkedRecord.class,
          Map.of(
              "kind", FieldType.KEYWORD,
              "reason", FieldType.TEXT,
              "source", FieldType.KEYWORD,
              "accepted_at", FieldType.DATE,
              "state", FieldType.KEYWORD),
          false);

  /** A record as it is parked first. */
  public static ParkedRecord of(
      Kind kind,
      String reason,
      String source,
      Instant acceptedAt,
      boolean toldSender,
      String text) {
    return new ParkedRecord(kind, reason, source, acceptedAt, toldSender, text, State.PARKED);
  }

  /** Where it is on its way out of the parking place. */
  public enum State {
    /** It stays until somebody sends it again. */
    PARKED,
    /** An operator has asked to send it again; the next ingest process to see it does so. */
    TO_SEND,
    /** It was accepted when it was sent again. */
    SENT
  }

  /** Why it can never be sent again as it is here, in words; empty if it can. */
  public Optional<String> objection() {
    Optional<String> ofKind = objection(text.startsWith("{") ? kind : Kind.UNKNOWN);
    if (ofKind.isPresent()) {
      return ofKind;
    }
    if (text.endsWith(ALTERED)) {
      return Optional.of("A number in it is masked, so only its sender can send it again.");
    }
    return text.endsWith(CUT)
        ? Optional.of("It is too long to be kept whole, so only its sender can send it again.")
        : Optional.empty();
  }

  /**
   * Why none of this kind can be sent again from here, in words; empty where it depends on the
   * text.
   */
  public static Optional<String> objection(Kind kind) {
    return kind == Kind.MESSAGE_EVENT
        ? Optional.empty()
        : Optional.of("Only message events can be sent again from here; its sender can.");
  }

  /**
   * Whether it was refused because of who sent it. Sent again it may be for any store, so somebody
   * has to look at it.
   */
  public boolean isForeign() {
    return reason.endsWith(NO_STORE) || reason.endsWith(OTHER_STORE);
  }

  /** The record once somebody asked to send it again; empty where that cannot be, or was done. */
  public Optional<ParkedRecord> toSend() {
    return state == State.PARKED && objection().isEmpty()
        ? Optional.of(in(State.TO_SEND))
        : Optional.empty();
  }

  /** The record once it was accepted again; empty where nobody asked for that. */
  public Optional<ParkedRecord> sent() {
    return state == State.TO_SEND ? Optional.of(in(State.SENT)) : Optional.empty();
  }

  /** The record once it was refused again; empty where it is parked anyway. */
  public Optional<ParkedRecord> parkedAgain(String newReason) {
    return state == State.PARKED
        ? Optional.empty()
        : Optional.of(
            new ParkedRecord(kind, newReason, source, acceptedAt, toldSender, text, State.PARKED));
  }

  private ParkedRecord in(State next) {
    return new ParkedRecord(kind, reason, source, acceptedAt, toldSender, text, next);
  }

  /** What a record claims to be. */
  public enum Kind {
    MESSAGE_EVENT,
    LOG_RECORD,
    SPAN,
    /** It could not be read at all. */
    UNKNOWN
  }
}
