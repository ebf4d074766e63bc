package io.tillpost.estate.trouble;

/** What a trouble does to the estate. */
public enum Effect {
  /** Messages of a store do not leave it; its captures are still reported. */
  STORE_OFFLINE,
  /** Nothing leaves a store, not even reports. */
  STORE_DARK,
  /** The ERP is down by plan; the middleware holds what it has for it. */
  ERP_MAINTENANCE,
  /** The ERP refuses to post. */
  ERP_DOWN,
  /** The ERP does not answer in time. */
  ERP_TIMEOUT,
  LOYALTY_THROTTLED,
  TAX_CODE_UNKNOWN,
  ITEM_NOT_FOUND,
  SCHEMA_CHANGED,
  RETURNS_UNCONFIRMED,
  LOST_TRANSACTIONS,
  DUPLICATE_EVENTS,
  LATE_EVENTS,
  OUT_OF_ORDER_EVENTS
}
