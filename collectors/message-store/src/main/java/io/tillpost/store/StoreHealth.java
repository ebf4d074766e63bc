package io.tillpost.store;

/** Tells how the storage is; never throws. */
public interface StoreHealth {
  /** Asks the storage now, within a few seconds. */
  State check();

  /** What was found. */
  sealed interface State {
    /**
     * Reads and writes work.
     *
     * @param detail in words, for an administrator
     */
    record Up(String detail) implements State {}

    /**
     * Reads or writes do not work.
     *
     * @param reason in words, for an administrator
     */
    record Down(String reason) implements State {}
  }
}
