package io.tillpost.console.classification;

/**
 * One value of a payload. It is content of a message: only who may see payloads of its store may
 * see it.
 *
 * @param path where it stands, positions included, like {@code lines[2].taxCode}
 * @param text of it, up to {@value PayloadFields#LONGEST_VALUE} characters
 */
public record FieldValue(String path, String text) {
  private static final int SHOWN = 80;

  /** As it is shown in a sentence: short, in one line. */
  public String shown() {
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .limit(SHOWN)
        .forEach(
            c ->
                shown.appendCodePoint(
                    Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? ' '
                        : c));
    return shown.append(text.codePointCount(0, text.length()) > SHOWN ? "…" : "").toString();
  }

  /** Not its text, so that no log has content of messages. */
  @Override
  public String toString() {
    return "FieldValue[" + path + "]";
  }
}
