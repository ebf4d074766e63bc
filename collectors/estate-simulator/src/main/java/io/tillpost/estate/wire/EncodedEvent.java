package io.tillpost.estate.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A message event as it goes over the wire. */
public final class EncodedEvent {
  private final byte[] json;

  EncodedEvent(byte[] json) {
    this.json = json;
  }

  /** An event that was kept as text. */
  public static EncodedEvent of(String json) {
    return new EncodedEvent(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Its JSON. */
  public String text() {
    return new String(json, StandardCharsets.UTF_8);
  }

  void writeTo(ByteArrayOutputStream body) {
    body.write(json, 0, json.length);
  }
}
