package io.tillpost.console.recovery.ui;

import com.vaadin.flow.component.html.Anchor;
import io.tillpost.recovery.RecoveryItem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Links from items of operations to what they are about. */
final class ItemLinks {
  private ItemLinks() {}

  /** To the page of the message. */
  static Anchor message(RecoveryItem item) {
    return message(item.messageId());
  }

  /** To the page of the message with that id. */
  static Anchor message(String messageId) {
    String path = URLEncoder.encode(messageId, StandardCharsets.UTF_8).replace("+", "%20");
    return new Anchor("messages/" + path, messageId);
  }
}
