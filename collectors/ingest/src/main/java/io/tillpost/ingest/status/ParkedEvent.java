package io.tillpost.ingest.status;

import io.tillpost.ingest.masking.CardNumbers;
import io.tillpost.ingest.masking.Masking;
import io.tillpost.store.ParkedRecord;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The text of a message event that was refused, masked field by field, so that it can be sent again
 * as what it is: ids stay as they are, as they do in events that are accepted. Where a number had
 * to be masked it is another event, which the text says at its end.
 */
final class ParkedEvent {
  /** What ties events to messages, and these to each other. */
  private static final Set<String> IDS =
      Set.of("/id", "/source", "/subject", "/traceparent", "/data/correlationId");

  /** What a pattern of digits and hyphens would make something else of. */
  private static final Set<String> TIMES =
      Set.of("/time", "/data/capturedAt", "/data/businessDate");

  private static final String BASE64 = "/data/payload/bodyBase64";
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Masking masking;
  private boolean altered;

  private ParkedEvent(Masking masking) {
    this.masking = masking;
  }

  static String text(JsonNode event, Masking masking) {
    ParkedEvent parked = new ParkedEvent(masking);
    String text = parked.masked("", "", event).toString();
    return parked.altered ? text + ParkedRecord.ALTERED : text;
  }

  private JsonNode masked(String path, String name, JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode masked = JsonNodeFactory.instance.objectNode();
        object
            .properties()
            .forEach(
                member ->
                    masked.set(
                        masking.mask(member.getKey()),
                        masked(path + "/" + member.getKey(), member.getKey(), member.getValue())));
        yield masked;
      }
      case ArrayNode array -> {
        ArrayNode masked = JsonNodeFactory.instance.arrayNode();
        array.forEach(element -> masked.add(masked(path + "/", name, element)));
        yield masked;
      }
      default ->
          value.isString()
              ? JsonNodeFactory.instance.stringNode(masked(path, name, value.stringValue()))
              : value.isNumber() && isCard(value) ? hidden(value) : value;
    };
  }

  private String masked(String path, String name, String value) {
    if (IDS.contains(path)) {
      return value;
    }
    if (TIMES.contains(path)) {
      return CardNumbers.mask(value);
    }
    return path.equals(BASE64) ? ofBytes(value) : masking.mask(name, value);
  }

  /** What is no Base64 is masked as it stands there. */
  private String ofBytes(String value) {
    try {
      byte[] bytes = Base64.getDecoder().decode(value);
      byte[] masked = masking.mask(bytes);
      return Arrays.equals(masked, bytes) ? value : Base64.getEncoder().encodeToString(masked);
    } catch (IllegalArgumentException _) {
      return masking.mask(value);
    }
  }

  private static boolean isCard(JsonNode number) {
    BigDecimal value = number.decimalValue().abs();
    return value.compareTo(MOST) <= 0 && CardNumbers.isCardNumber(value.longValue());
  }

  private JsonNode hidden(JsonNode number) {
    altered = true;
    String digits = Long.toString(number.decimalValue().abs().longValue());
    int length = digits.length();
    String masked = digits.substring(0, 6) + "0".repeat(length - 10) + digits.substring(length - 4);
    return JsonNodeFactory.instance.numberNode(Long.parseLong(masked));
  }
}
