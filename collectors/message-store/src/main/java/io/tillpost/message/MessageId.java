package io.tillpost.message;

/**
 * Names one message for ever, across all systems and attempts ({@code subject} of a message event).
 *
 * @param value 1 to 200 characters, not blank
 */
public record MessageId(String value) implements Comparable<MessageId> {
  /** The longest id accepted, in characters. */
  public static final int MAX_LENGTH = 200;

  public MessageId {
    if (value.isBlank() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("A message id has 1 to 200 characters");
    }
  }

  @Override
  public int compareTo(MessageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
