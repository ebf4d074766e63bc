package io.tillpost.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The content of a message as a system sent it. Kept, never indexed, never interpreted as markup.
 *
 * @param contentType a media type such as {@code application/json}
 * @param body the text itself, or its Base64 form where the content is not text
 * @param base64 whether {@code body} is Base64
 */
public record Payload(String contentType, String body, boolean base64) {
  /** The largest payload accepted, in bytes of content. */
  public static final int MAX_BYTES = 256 * 1024;

  /** The content itself; UTF-8 where the payload is text. */
  public byte[] bytes() {
    return base64 ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "Payload[" + contentType + ", " + body.length() + " characters]";
  }
}
