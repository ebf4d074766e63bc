package io.tillpost.message;

/** What a stuck message means for the business; each is a tile of the impact page. */
public enum ImpactKind {
  /** A store's transactions have not reached the target: {@code sales-posting}. */
  UNSENT_TRANSACTIONS(5),
  /** Returns that the ERP has not confirmed. */
  RETURNS_AWAITING_CONFIRMATION(4),
  /** Stock figures are late. */
  INVENTORY_DELAYED(2),
  /** Late, but without a tile of its own: counts towards the objective only. */
  OTHER(1);

  private final int weight;

  ImpactKind(int weight) {
    this.weight = weight;
  }

  /** How much a store with such a message counts beside one with another; 1 is the least. */
  public int weight() {
    return weight;
  }
}
