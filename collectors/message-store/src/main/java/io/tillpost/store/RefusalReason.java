package io.tillpost.store;

import java.util.Locale;

/** Why ingest refused something. */
public enum RefusalReason {
  /** It showed no key, or one that nobody has made. */
  UNKNOWN_KEY("No key, or an unknown one", true),
  /** It showed a key that an administrator has taken back. */
  REVOKED_KEY("A revoked key", true),
  /** It showed a key whose overlap with the next one is over. */
  EXPIRED_KEY("A key that was replaced", true),
  /** It showed a client certificate that the authority of it has taken back. */
  REVOKED_CERTIFICATE("A revoked certificate", true),
  /** It showed a client certificate that an administrator has removed. */
  REMOVED_CERTIFICATE("A certificate that was removed", true),
  /** It showed a client certificate whose overlap with the next one is over. */
  REPLACED_CERTIFICATE("A certificate that was replaced", true),
  /** A record for a store that the key is not for. */
  OTHER_STORE("For a store that is not its own", false),
  /** It sends more than its quota; it was told when to come back. */
  OVER_QUOTA("Over its quota", true),
  /** A body larger than allowed, before or after decompression. */
  TOO_LARGE("Too large", true),
  /** A time too far ahead or older than what is kept. */
  CLOCK("A time that is not believed", false),
  /** A record that breaks the contract. */
  INVALID("Not a valid record", false),
  /** A body that cannot be read at all. */
  UNREADABLE("Not readable", true),
  /** A log record that is no message event. */
  NOT_A_MESSAGE_EVENT("A log record that is no message event", false),
  /** Ingest had no room; it was told when to come back. */
  BUSY("Ingest had no room", true);

  private final String title;
  private final boolean ofRequests;

  RefusalReason(String title, boolean ofRequests) {
    this.title = title;
    this.ofRequests = ofRequests;
  }

  /** The words on screen. */
  public String title() {
    return title;
  }

  /** Whether whole requests are counted, not records. */
  public boolean ofRequests() {
    return ofRequests;
  }

  /** As in metrics: {@code over-quota}. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
