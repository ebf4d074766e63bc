package io.tillpost.message;

/** What a stuck message means for the business; each is a tile of the impact page. */
public enum ImpactKind {
  /** A store's transactions have not reached the target: {@code sales-posting}. */
  UNSENT_TRANSACTIONS,
  /** Returns that the ERP has not confirmed. */
  RETURNS_AWAITING_CONFIRMATION,
  /** Stock figures are late. */
  INVENTORY_DELAYED,
  /** Late, but without a tile of its own: counts towards the objective only. */
  OTHER
}
