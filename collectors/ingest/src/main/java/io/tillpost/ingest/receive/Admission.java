package io.tillpost.ingest.receive;

import io.tillpost.store.RefusalReason;

/** What becomes of whoever shows a key, or none. */
public sealed interface Admission {
  /**
   * It may send.
   *
   * @param keyId names the key that opened; empty where it was none that the console made
   */
  record In(Sender sender, String keyId) implements Admission {}

  /**
   * It may not.
   *
   * @param reason one of those about keys
   * @param sender whose key it was; empty where it is nobody's
   */
  record Out(RefusalReason reason, String sender) implements Admission {}

  /** The keys that were made in the console are not known yet: it should come back. */
  record NotYet() implements Admission {}
}
