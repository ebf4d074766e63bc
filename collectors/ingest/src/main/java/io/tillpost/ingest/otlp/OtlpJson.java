package io.tillpost.ingest.otlp;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Fills OTLP messages from JSON as OTLP has it, which is not quite protobuf's own JSON: trace and
 * span ids are hexadecimal, enums are numbers, unknown members are ignored.
 */
final class OtlpJson {
  private static final Set<String> HEX = Set.of("trace_id", "span_id", "parent_span_id");
  private static final BigInteger MAX_UNSIGNED = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
  private static final BigInteger MIN_SIGNED = BigInteger.valueOf(Long.MIN_VALUE);

  /** Of a whole number that stands in quotes, zeros in front of it too. */
  private static final int MOST_DIGITS = 100;

  private OtlpJson() {}

  /** The JSON has the wrong shape; the message says where, for the sender. */
  static final class WrongShapeException extends Exception {
    @java.io.Serial private static final long serialVersionUID = 1L;

    WrongShapeException(String path, String problem) {
      super(path + ": " + problem);
    }
  }

  /** Fills the message; members in lowerCamelCase, as the specification has them. */
  static Message fill(Message.Builder builder, JsonNode json) throws WrongShapeException {
    return fill(builder, json, "body");
  }

  private static Message fill(Message.Builder builder, JsonNode json, String path)
      throws WrongShapeException {
    if (!json.isObject()) {
      throw new WrongShapeException(path, "is not a JSON object");
    }
    Map<String, FieldDescriptor> fields = JsonFields.of(builder.getDescriptorForType());
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      FieldDescriptor field = fields.get(member.getKey());
      JsonNode value = member.getValue();
      if (field == null || value.isNull()) {
        continue;
      }
      String memberPath = path.equals("body") ? member.getKey() : path + "." + member.getKey();
      if (field.isRepeated()) {
        fillAll(builder, field, value, memberPath);
      } else {
        builder.setField(field, value(builder, field, value, memberPath));
      }
    }
    return builder.build();
  }

  private static void fillAll(
      Message.Builder builder, FieldDescriptor field, JsonNode values, String path)
      throws WrongShapeException {
    if (!values.isArray()) {
      throw new WrongShapeException(path, "is not a JSON array");
    }
    int index = 0;
    for (JsonNode value : values.values()) {
      builder.addRepeatedField(field, value(builder, field, value, path + "[" + index++ + "]"));
    }
  }

  private static Object value(
      Message.Builder parent, FieldDescriptor field, JsonNode value, String path)
      throws WrongShapeException {
    return switch (field.getJavaType()) {
      case MESSAGE -> fill(parent.newBuilderForField(field), value, path);
      case STRING -> text(value, path);
      case BOOLEAN -> flag(value, path);
      case LONG -> longNumber(field, value, path);
      case INT -> smallNumber(value, path);
      case DOUBLE -> number(value, path);
      case FLOAT -> (float) number(value, path);
      case ENUM -> constant(field, value, path);
      case BYTE_STRING ->
          HEX.contains(field.getName()) ? fromHex(text(value, path)) : fromBase64(value, path);
    };
  }

  private static String text(JsonNode value, String path) throws WrongShapeException {
    if (!value.isString()) {
      throw new WrongShapeException(path, "is not a text");
    }
    return value.stringValue();
  }

  private static boolean flag(JsonNode value, String path) throws WrongShapeException {
    if (!value.isBoolean()) {
      throw new WrongShapeException(path, "is not true or false");
    }
    return value.booleanValue();
  }

  /** Also one that only fits without a sign, where the field has none. */
  private static long longNumber(FieldDescriptor field, JsonNode value, String path)
      throws WrongShapeException {
    BigInteger number = wholeNumber(value, path);
    boolean signed =
        switch (field.getType()) {
          case UINT64, FIXED64 -> false;
          default -> true;
        };
    if (number.bitLength() > (signed ? Long.SIZE - 1 : Long.SIZE)
        || (!signed && number.signum() < 0)) {
      throw new WrongShapeException(path, "is not a whole number of 64 bits");
    }
    return number.longValue();
  }

  /** One of 32 bits, with a sign or without. */
  private static int smallNumber(JsonNode value, String path) throws WrongShapeException {
    BigInteger number = wholeNumber(value, path);
    if (number.bitLength() > Integer.SIZE
        || (number.bitLength() == Integer.SIZE && number.signum() < 0)) {
      throw new WrongShapeException(path, "is not a whole number of 32 bits");
    }
    return number.intValue();
  }

  private static BigInteger wholeNumber(JsonNode value, String path) throws WrongShapeException {
    try {
      BigInteger number =
          value.isString() ? new BigInteger(ofFewDigits(value, path)) : value.bigIntegerValue();
      if (number.compareTo(MIN_SIGNED) >= 0 && number.compareTo(MAX_UNSIGNED) <= 0) {
        return number;
      }
    } catch (NumberFormatException | tools.jackson.databind.exc.JsonNodeException _) {
      // Told below, as for a number that is too large.
    }
    throw new WrongShapeException(path, "is not a whole number of 64 bits");
  }

  /** To read a number takes long where it has very many digits; none that fits has so many. */
  private static String ofFewDigits(JsonNode value, String path) throws WrongShapeException {
    String text = value.stringValue();
    if (text.length() > MOST_DIGITS) {
      throw new WrongShapeException(path, "is not a whole number of 64 bits");
    }
    return text;
  }

  private static double number(JsonNode value, String path) throws WrongShapeException {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    try {
      return Double.parseDouble(text(value, path));
    } catch (NumberFormatException _) {
      throw new WrongShapeException(path, "is not a number");
    }
  }

  private static EnumValueDescriptor constant(FieldDescriptor field, JsonNode value, String path)
      throws WrongShapeException {
    if (value.isString()) {
      // Not in the specification, but some senders do it, and there is only one way to mean it.
      EnumValueDescriptor named =
          field.getEnumType().findValueByName(value.stringValue().toUpperCase(Locale.ROOT));
      if (named != null) {
        return named;
      }
    }
    return field.getEnumType().findValueByNumberCreatingIfUnknown(smallNumber(value, path));
  }

  /** An id that is no hexadecimal becomes an empty one, so that only its span is refused. */
  private static ByteString fromHex(String hex) {
    try {
      return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    } catch (IllegalArgumentException _) {
      return ByteString.EMPTY;
    }
  }

  private static ByteString fromBase64(JsonNode value, String path) throws WrongShapeException {
    String text = text(value, path).replace('-', '+').replace('_', '/');
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      throw new WrongShapeException(path, "is not Base64");
    }
  }
}
