package io.tillpost.ingest.receive;

import io.tillpost.ingest.progress.SenderActivity;
import io.tillpost.ingest.receive.Taken.TurnedAway;
import io.tillpost.store.RefusalReason;

/** Lets senders with a valid key and some quota left pass, and notes who did not. */
public final class Door {
  private final ApiKeys keys;
  private final Backpressure backpressure;
  private final SenderActivity activity;

  /** With these keys. */
  public Door(ApiKeys keys, Backpressure backpressure, SenderActivity activity) {
    this.keys = keys;
    this.backpressure = backpressure;
    this.activity = activity;
  }

  /** What becomes of a request. */
  public sealed interface Opened {
    /** It may go on. */
    record For(Sender sender) implements Opened {}

    /** It has no valid key; why, in words. */
    record Shut(String reason) implements Opened {}

    /** It may come back later. */
    record Later(TurnedAway away) implements Opened {}
  }

  /**
   * Looks at a request.
   *
   * @param credentials what its sender shows
   * @param address where it comes from
   */
  public Opened open(Credentials credentials, String address) {
    return switch (keys.admit(credentials)) {
      case Admission.In(var sender, var keyId) -> {
        if (!keyId.isEmpty()) {
          activity.used(sender.name(), keyId);
        }
        TurnedAway away = backpressure.overQuota(sender);
        yield away == null ? new Opened.For(sender) : new Opened.Later(away);
      }
      case Admission.Out(var reason, var sender) -> {
        activity.refused(sender.isEmpty() ? address : sender, reason, 1);
        yield new Opened.Shut(words(reason));
      }
      case Admission.NotYet(var why) -> new Opened.Later(backpressure.notYet(why));
    };
  }

  private static String words(RefusalReason reason) {
    return switch (reason) {
      case REVOKED_KEY -> "This key was revoked";
      case EXPIRED_KEY -> "This key was replaced by a newer one";
      case REVOKED_CERTIFICATE -> "This client certificate was revoked by its authority";
      case REMOVED_CERTIFICATE -> "This client certificate was removed from its sender";
      case REPLACED_CERTIFICATE -> "This client certificate was replaced by a newer one";
      default ->
          "A valid key is needed: Authorization: Bearer <key>; or a client certificate of a known sender";
    };
  }
}
