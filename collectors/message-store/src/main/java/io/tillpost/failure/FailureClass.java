package io.tillpost.failure;

/** Why messages fail, by what has to happen for them to succeed. */
public enum FailureClass {
  /** Would work later. */
  TRANSIENT(OwnerSide.IT),
  /** The target refused the content. */
  BUSINESS_RULE(OwnerSide.BUSINESS),
  /** We sent the wrong shape. */
  MAPPING(OwnerSide.IT),
  /** Something referred to is missing. */
  MASTER_DATA(OwnerSide.BUSINESS),
  /** The target does not let us in. */
  SECURITY(OwnerSide.IT),
  /** Not known yet. */
  UNKNOWN(OwnerSide.IT);

  private final OwnerSide owner;

  FailureClass(OwnerSide owner) {
    this.owner = owner;
  }

  /** Who has to act, unless somebody decides otherwise. */
  public OwnerSide owner() {
    return owner;
  }
}
