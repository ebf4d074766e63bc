package io.tillpost.console.messages.ui;

import io.tillpost.console.text.PathText;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import java.util.Map;

/** How a message is called and linked to on screen. */
public final class MessageLink {
  private MessageLink() {}

  /** The address of the message's page, relative to the application's root. */
  public static String href(MessageId id) {
    return "messages/" + PathText.segment(id.value());
  }

  /**
   * What a person would call the message: its receipt, else its stock item with its id, else its
   * id.
   */
  public static String words(Message message) {
    Map<String, String> keys = message.businessKey().keys();
    String receipt = keys.get("receipt");
    if (receipt != null) {
      return receipt;
    }
    String sku = keys.get("sku");
    return sku == null ? message.id().value() : sku + " · " + message.id().value();
  }
}
