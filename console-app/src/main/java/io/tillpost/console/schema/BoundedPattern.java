package io.tillpost.console.schema;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressions;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A pattern of a schema that ends, whatever it and the value are like: all patterns of one check
 * together may read so many characters. Going back and forth over a value, which is what makes a
 * pattern slow, is reading.
 */
final class BoundedPattern implements RegularExpression {
  private static final long MOST_READ = 5_000_000;
  private static final ScopedValue<AtomicLong> LEFT = ScopedValue.newInstance();

  private final Pattern pattern;

  BoundedPattern(String regex) {
    this.pattern =
        Pattern.compile(
            RegularExpressions.replaceLongformCharacterProperties(
                RegularExpressions.replaceDollarAnchors(regex)));
  }

  /** Does a check, whose patterns have so many characters to read. */
  static <T> T within(Supplier<T> check) {
    return ScopedValue.where(LEFT, new AtomicLong(MOST_READ)).call(check::get);
  }

  @Override
  public boolean matches(String value) {
    AtomicLong left = LEFT.isBound() ? LEFT.get() : new AtomicLong(MOST_READ);
    try {
      return pattern.matcher(new Counted(value, left)).find();
    } catch (StackOverflowError e) {
      // A pattern that repeats alternatives takes a part of the stack for each repetition.
      throw new TooSlow();
    }
  }

  /** Nothing more can be read. */
  static final class TooSlow extends SchemaException {
    TooSlow() {
      super("A pattern takes too long");
    }
  }

  private record Counted(CharSequence text, AtomicLong left) implements CharSequence {
    @Override
    public char charAt(int index) {
      if (left.decrementAndGet() < 0) {
        throw new TooSlow();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
