package io.tillpost.estate.channel;

import io.tillpost.estate.message.MessageKey;
import io.tillpost.estate.message.Workflow;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the query of a look-up: the business key, or the message id where that is all there is. */
final class LookUps {
  private LookUps() {}

  /** The message that is asked for; empty where the query names none of this estate. */
  static Optional<MessageKey> read(String query) {
    Map<String, String> asked = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        asked.put(decoded(parts[0]), decoded(parts[1]));
      }
    }
    return byBusinessKey(asked).or(() -> MessageKey.parse(asked.getOrDefault("messageId", "")));
  }

  private static Optional<MessageKey> byBusinessKey(Map<String, String> asked) {
    return Arrays.stream(Workflow.values())
        .filter(workflow -> workflow.id().equals(asked.get("workflow")))
        .findFirst()
        .filter(workflow -> asked.containsKey("transactionNumber"))
        .flatMap(workflow -> byBusinessKey(workflow, asked));
  }

  private static Optional<MessageKey> byBusinessKey(Workflow workflow, Map<String, String> asked) {
    try {
      return Optional.of(
          new MessageKey(
              workflow,
              Integer.parseInt(asked.getOrDefault("storeId", "")),
              workflow.perRegister() ? Integer.parseInt(asked.getOrDefault("registerId", "")) : 0,
              LocalDate.parse(asked.getOrDefault("businessDate", "")),
              Integer.parseInt(asked.getOrDefault("transactionNumber", ""))));
    } catch (NumberFormatException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
