package io.tillpost.failure;

/** Who has to act on an exception. */
public enum OwnerSide {
  BUSINESS,
  IT
}
