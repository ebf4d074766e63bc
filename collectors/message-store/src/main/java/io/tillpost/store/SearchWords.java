package io.tillpost.store;

import io.tillpost.failure.Failure;
import io.tillpost.message.BusinessKey;
import io.tillpost.message.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * By which words messages, failures and spans are found; the same in every storage. A word that is
 * asked for matches a word that is kept if they are equal, or if it has at least {@link
 * #MIN_PREFIX} characters and the other one begins with it. Case does not count.
 */
public final class SearchWords {
  /** From how many characters on a word is also taken as the beginning of one. */
  public static final int MIN_PREFIX = 4;

  private static final int MAX_WORDS = 200;
  private static final int MAX_TEXT_WORDS = 5_000;
  private static final int MAX_LENGTH = 200;

  private SearchWords() {}

  /** The words that a person typed, in lower case; empty for null and blank text. */
  public static List<String> asked(@Nullable String text) {
    return text == null ? List.of() : List.copyOf(pieces(SearchWords::isSpace, text));
  }

  /**
   * One word by which a value is found that is kept: the value, or its longest word where it has
   * several; empty where it has none.
   */
  public static Optional<String> whole(String value) {
    return pieces(SearchWords::isSpace, value).stream()
        .reduce((a, b) -> a.length() >= b.length() ? a : b);
  }

  /**
   * The words of texts that people wrote, without what stands between words; of all together up to
   * 5,000.
   */
  public static Set<String> ofTexts(Collection<String> texts) {
    Set<String> words = new LinkedHashSet<>();
    for (String text : texts) {
      for (String word : pieces(SearchWords::isBetweenWords, text)) {
        if (words.size() == MAX_TEXT_WORDS) {
          return words;
        }
        words.add(word);
      }
    }
    return words;
  }

  /**
   * The words by which {@linkplain #ofTexts texts} are asked for, cut like these; empty where there
   * is no letter and no digit.
   */
  public static List<String> askedOfTexts(@Nullable String typed) {
    return typed == null ? List.of() : List.copyOf(ofTexts(List.of(typed)));
  }

  /**
   * The words by which a message is found: its id, correlation id, store, transaction number,
   * {@code store-register-transaction} and the value of every key.
   */
  public static Set<String> of(Message message) {
    return of(message, message.businessKey());
  }

  /** As {@link #of(Message)}, where the message's key is at hand. */
  public static Set<String> of(Message message, BusinessKey key) {
    Set<String> words = new LinkedHashSet<>();
    addWords(words, message.id().value());
    addWords(words, message.correlationId());
    addWords(words, key.storeId());
    if (key.transactionNumber() != null) {
      String number = key.transactionNumber().toString();
      addWords(words, number);
      if (key.storeId() != null && key.registerId() != null) {
        addWords(words, key.storeId() + "-" + key.registerId() + "-" + number);
      }
    }
    for (String value : key.keys().values()) {
      addWords(words, value);
    }
    return words;
  }

  /** The words by which a failure is found: its code, and the words of its code and text. */
  public static Set<String> of(Failure failure) {
    Set<String> words = ofName(failure.code());
    addBounded(words, pieces(SearchWords::isBetweenWords, failure.message()));
    return words;
  }

  /** The words of a name, such as a span's. */
  public static Set<String> ofName(String name) {
    Set<String> words = new LinkedHashSet<>();
    addBounded(words, pieces(SearchWords::isSpace, name));
    addBounded(words, pieces(SearchWords::isBetweenWords, name));
    return words;
  }

  /** Whether a kept word answers to a word that was asked for. */
  public static boolean matches(String asked, Set<String> kept) {
    return kept.contains(asked)
        || (asked.length() >= MIN_PREFIX && kept.stream().anyMatch(w -> w.startsWith(asked)));
  }

  /** Adds the words between blanks; most values are one word. */
  private static void addWords(Set<String> words, @Nullable String value) {
    if (value == null) {
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      if (isSpace(value.charAt(i))) {
        addBounded(words, pieces(SearchWords::isSpace, value));
        return;
      }
    }
    if (!value.isEmpty() && words.size() < MAX_WORDS) {
      String word = value.toLowerCase(Locale.ROOT);
      if (word.length() <= MAX_LENGTH) {
        words.add(word);
      }
    }
  }

  /** The pieces of the text between separators, in lower case; empty and very long ones are not. */
  private static List<String> pieces(IntPredicate separates, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= lower.length(); ) {
      int point = at < lower.length() ? lower.codePointAt(at) : ' ';
      if (at == lower.length() || separates.test(point)) {
        if (at > start && at - start <= MAX_LENGTH) {
          pieces.add(lower.substring(start, at));
        }
        start = at + Character.charCount(point);
      }
      at += Character.charCount(point);
    }
    return pieces;
  }

  private static boolean isSpace(int point) {
    return point == ' ' || (point >= '\t' && point <= '\r');
  }

  /** Neither a letter nor a digit of any alphabet. */
  private static boolean isBetweenWords(int point) {
    return !Character.isLetter(point)
        && switch (Character.getType(point)) {
          case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
              false;
          default -> true;
        };
  }

  private static void addBounded(Set<String> words, List<String> more) {
    for (String word : more) {
      if (words.size() == MAX_WORDS) {
        return;
      }
      words.add(word);
    }
  }
}
