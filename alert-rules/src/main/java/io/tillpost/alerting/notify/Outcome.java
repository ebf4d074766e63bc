package io.tillpost.alerting.notify;

/** What became of a notification. */
public enum Outcome {
  /** To be sent, for the first time or again. */
  WAITING,
  /** A process has claimed it; if that process dies, it is sent again after a while. */
  SENDING,
  /** The mail server has accepted it. */
  SENT,
  /** Given up. */
  FAILED,
  /** There is nobody to send it to, or no mail server. */
  NOT_SENT
}
