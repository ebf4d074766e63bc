package io.tillpost.console.recovery.channel;

import io.tillpost.console.text.PathText;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The query of a look-up: the message and its business key. Its names are a public contract. */
final class LookUpRequest {
  private LookUpRequest() {}

  /** The address to be asked. */
  static URI address(URI lookUpUrl, Message message) {
    String query =
        parameters(message).entrySet().stream()
            .map(e -> PathText.query(e.getKey()) + "=" + PathText.query(e.getValue()))
            .collect(Collectors.joining("&"));
    return URI.create(lookUpUrl + (lookUpUrl.getRawQuery() == null ? "?" : "&") + query);
  }

  /** The text that is signed in place of a body: method, path and query. */
  static byte[] signed(URI address) {
    return ("GET " + address.getRawPath() + "?" + address.getRawQuery())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, String> parameters(Message message) {
    BusinessKey key = message.businessKey();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("workflow", message.workflow());
    values.put("messageId", message.id().value());
    values.put("storeId", key.storeId());
    values.put("registerId", key.registerId());
    values.put("businessDate", key.businessDate());
    values.put("transactionNumber", key.transactionNumber());
    new TreeMap<>(key.keys()).forEach((name, value) -> values.put("key." + name, value));
    Map<String, String> known = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (value != null) {
            known.put(name, value.toString());
          }
        });
    return known;
  }
}
