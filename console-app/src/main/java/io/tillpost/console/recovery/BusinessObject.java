package io.tillpost.console.recovery;

import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import java.util.Optional;

/**
 * Names what a message is about: one till transaction, or one article in one place. Messages about
 * the same one keep their order; never a whole till or store.
 */
final class BusinessObject {
  private BusinessObject() {}

  /** The name, the same for messages of one workflow about one thing; empty where it is unknown. */
  static Optional<String> of(Message message) {
    BusinessKey key = message.businessKey();
    if (key.transactionNumber() != null && key.registerId() != null && key.storeId() != null) {
      return Optional.of(
          String.join(
              "|",
              message.workflow(),
              key.storeId(),
              String.valueOf(key.businessDate()),
              key.registerId(),
              key.transactionNumber().toString()));
    }
    String sku = key.keys().get("sku");
    if (sku == null) {
      return Optional.empty();
    }
    return Optional.of(String.join("|", message.workflow(), sku, place(key)));
  }

  /** Where an article is; blank where that is not known. */
  static String place(BusinessKey key) {
    return key.keys().getOrDefault("location", key.storeId() == null ? "" : key.storeId());
  }
}
