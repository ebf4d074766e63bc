package io.tillpost.ingest.otlp;

import io.tillpost.ingest.receive.Delivery;

/**
 * What a request became.
 *
 * @param delivery its records
 * @param refusals what is wrong with those that can never be accepted, in words; empty if all is
 *     well
 */
record Translation(Delivery delivery, String refusals) {
  /** How many records can never be accepted. */
  int refused() {
    return delivery.rejected().size() + delivery.dropped();
  }
}
