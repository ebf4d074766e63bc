package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SearchWordsTest {
  private static final String ODD =
      "aZ09 \t\n\u000b\u001c-_./\u00dc\u20ac\u0664\u2167\u00bd\u00a0\ud83d\ude00\ud835\udc9c";

  @Test
  void wordsAreCutWhereAPatternWouldCutThem() {
    Random random = new Random(42);
    Pattern space = Pattern.compile("\\s+");
    Pattern between = Pattern.compile("[^\\p{L}\\p{N}]+");
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(24); n > 0; n--) {
        text.append(ODD.charAt(random.nextInt(ODD.length())));
      }
      String odd = text.toString();
      assertThat(SearchWords.asked(odd)).isEqualTo(cut(space, odd));
      List<String> all = new java.util.ArrayList<>(cut(space, odd));
      all.addAll(cut(between, odd));
      assertThat(SearchWords.ofName(odd))
          .containsExactlyElementsOf(all.stream().distinct().toList());
    }
  }

  @Test
  void wordsOfMoreThan200CharactersAreNotKept() {
    assertThat(SearchWords.asked("x".repeat(200) + " " + "y".repeat(201)))
        .containsExactly("x".repeat(200));
  }

  private static List<String> cut(Pattern separator, String text) {
    return Arrays.stream(separator.split(text.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
