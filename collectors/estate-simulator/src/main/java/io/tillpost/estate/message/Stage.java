package io.tillpost.estate.message;

/** Where a message is on its way, as the message events name it. */
public enum Stage {
  CAPTURED(0),
  RECEIVED(1),
  VALIDATED(2),
  TRANSFORMED(3),
  QUEUED(4),
  SUBMITTED(5),
  CONFIRMED(6),
  FAILED(7),
  DEAD_LETTERED(8),
  DISCARDED(9);

  private final int code;

  Stage(int code) {
    this.code = code;
  }

  /** A number that stays the same whatever is added here: ids are derived from it. */
  public int code() {
    return code;
  }
}
