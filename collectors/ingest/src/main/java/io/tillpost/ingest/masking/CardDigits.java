package io.tillpost.ingest.masking;

import io.tillpost.store.json.EightBytes;

/** Texts as they stand in the body of a request. */
public final class CardDigits {
  /** A card number has at least so many digits, whatever stands between them. */
  private static final int FEWEST = 13;

  private CardDigits() {}

  /** Whether a card number could be in the text from the one offset to before the other. */
  public static boolean areIn(byte[] body, int from, int to) {
    if (to - from < FEWEST) {
      return false;
    }
    int digits = 0;
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      digits += EightBytes.digits(EightBytes.at(body, i));
    }
    for (; i < to; i++) {
      digits += body[i] >= '0' && body[i] <= '9' ? 1 : 0;
    }
    return digits >= FEWEST;
  }
}
