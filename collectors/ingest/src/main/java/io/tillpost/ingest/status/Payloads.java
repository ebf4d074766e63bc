package io.tillpost.ingest.status;

import io.tillpost.ingest.masking.Masking;
import io.tillpost.message.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bounds the content of a message and masks card numbers in it. */
final class Payloads {
  static final int MAX_CONTENT_TYPE = 200;

  private Payloads() {}

  static @Nullable Payload checkedAndMasked(EventInput in, Masking masking) {
    Payload payload = in.payload();
    if (payload == null) {
      return null;
    }
    if (payload.contentType().length() > MAX_CONTENT_TYPE) {
      throw new WrongFieldException(
          in.name(EventField.PAYLOAD), "its content type has more than 200 characters");
    }
    Payload named =
        new Payload(masking.mask(payload.contentType()), payload.body(), payload.base64());
    return named.base64() ? binary(in, named, masking) : text(in, named, masking);
  }

  private static Payload text(EventInput in, Payload payload, Masking masking) {
    String body = payload.body();
    // Every character takes at least one byte, so most texts need no counting.
    if (body.length() > Payload.MAX_BYTES || body.length() * 3 > Payload.MAX_BYTES) {
      check(in, body.getBytes(StandardCharsets.UTF_8).length);
    }
    String masked = masking.mask(body);
    return masked.equals(body) ? payload : new Payload(payload.contentType(), masked, false);
  }

  private static Payload binary(EventInput in, Payload payload, Masking masking) {
    byte[] bytes;
    try {
      bytes = payload.bytes();
    } catch (IllegalArgumentException _) {
      throw new WrongFieldException(in.name(EventField.PAYLOAD), "its body is not Base64");
    }
    check(in, bytes.length);
    byte[] masked = masking.mask(bytes);
    return Arrays.equals(masked, bytes)
        ? payload
        : new Payload(payload.contentType(), Base64.getEncoder().encodeToString(masked), true);
  }

  private static void check(EventInput in, int bytes) {
    if (bytes > Payload.MAX_BYTES) {
      throw new WrongFieldException(
          in.name(EventField.PAYLOAD), "has more than " + Payload.MAX_BYTES / 1_024 + " KiB");
    }
  }
}
