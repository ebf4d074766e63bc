package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Anchor;
import io.tillpost.console.text.PathText;
import io.tillpost.recovery.RecoveryItem;

/** Links from items of operations to what they are about. */
final class ItemLinks {
  private ItemLinks() {}

  /** To the page of the message. */
  static Anchor message(RecoveryItem item) {
    return message(item.messageId());
  }

  /** To the page of the message with that id. */
  static Anchor message(String messageId) {
    String path = PathText.segment(messageId);
    return new Anchor("messages/" + path, messageId);
  }
}
