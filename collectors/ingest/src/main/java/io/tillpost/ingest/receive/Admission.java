package io.tillpost.ingest.receive;

import io.tillpost.store.RefusalReason;

/** What becomes of whoever shows a key, or none. */
public sealed interface Admission {
  /**
   * It may send.
   *
   * @param keyId names the key or certificate that opened; empty where it was none of the console
   */
  record In(Sender sender, String keyId) implements Admission {}

  /**
   * It may not.
   *
   * @param reason one of those about keys and certificates
   * @param sender whose it was; empty where it is nobody's
   */
  record Out(RefusalReason reason, String sender) implements Admission {}

  /** Nobody knows for now whether it may: it should come back; why, as a sentence. */
  record NotYet(String reason) implements Admission {}
}
