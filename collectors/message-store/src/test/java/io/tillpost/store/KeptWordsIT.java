package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents from before their texts were searched are found by their words later. */
class KeptWordsIT {
  private static final String NAME = "letters";

  private final String prefix = EmbeddedElasticsearchNode.newPrefix();
  private final Stores stores =
      EmbeddedElasticsearchNode.stores(prefix).clock(MutableClock.at(Samples.MORNING)).build();

  record Letter(String text, String subject) {}

  /** As a newer console writes it. */
  record LongerLetter(String text, String subject, List<String> links, int weight) {}

  @AfterEach
  void drop() {
    stores.close();
    EmbeddedElasticsearchNode.drop(prefix);
  }

  @Test
  void olderDocumentsAreFoundOnceTheirWordsAreKeptAndStayAsTheyAre() {
    LongerLetter longer = new LongerLetter("Written before", "x", List.of("l"), 7);
    Documents<LongerLetter> longers = kind(LongerLetter.class, List.of());
    longers.create("longer", longer);
    Documents<Letter> before = kind(Letter.class, List.of());
    for (int i = 0; i < 5; i++) {
      before.create("n" + i, new Letter("Written before " + i, null));
    }
    Versioned<Letter> first = before.get("n0").orElseThrow();

    Documents<Letter> searched = kind(Letter.class, List.of("text"));
    searched.create("new", new Letter("Written since", "Before all"));
    assertThat(found(searched, "written")).containsExactly("new");
    assertThat(searched.withoutWords()).isEqualTo(6);
    assertThat(searched.keepWords(2)).isEqualTo(2);
    assertThat(searched.withoutWords()).isEqualTo(4);
    assertThat(searched.keepWords(1_000)).isEqualTo(4);

    assertThat(searched.withoutWords()).isZero();
    assertThat(searched.keepWords(1_000)).isZero();
    assertThat(found(searched, "before")).containsExactly("longer", "n0", "n1", "n2", "n3", "n4");
    assertThat(found(searched, "BEFORE 3 written")).containsExactly("n3");
    assertThat(longers.get("longer").orElseThrow().value()).isEqualTo(longer);
    assertThat(searched.get("n0").orElseThrow().value()).isEqualTo(first.value());
    assertThat(before.replace(first, first.value())).as("by the version of before").isFalse();

    Documents<Letter> both = kind(Letter.class, List.of("text", "subject"));
    assertThat(both.withoutWords()).as("other members are searched").isEqualTo(7);
    both.keepWords(1_000);
    assertThat(found(both, "before since")).containsExactly("new");
  }

  @Test
  void whatSomebodyChangedMeanwhileStaysChanged() {
    Documents<Letter> before = kind(Letter.class, List.of());
    before.create("a", new Letter("Written before", null));
    // A search may not see it yet, as if it came between the search for older ones and the writing.
    Documents<Letter> unseen = kind(Letter.class, List.of(), false);
    Letter changed = new Letter("Changed meanwhile", null);
    assertThat(unseen.replace(unseen.get("a").orElseThrow(), changed)).isTrue();
    Documents<Letter> searched = kind(Letter.class, List.of("text"));

    searched.keepWords(10);

    assertThat(searched.get("a").orElseThrow().value()).isEqualTo(changed);
    EmbeddedElasticsearchNode.refresh(prefix);
    searched.keepWords(10);
    assertThat(found(searched, "changed")).containsExactly("a");
    assertThat(found(searched, "written")).isEmpty();
  }

  private <T> Documents<T> kind(Class<T> type, List<String> searched) {
    return kind(type, searched, true);
  }

  private <T> Documents<T> kind(Class<T> type, List<String> searched, boolean visibleAtOnce) {
    return stores
        .documents()
        .of(
            new DocumentKind<>(
                NAME, type, Map.of("subject", FieldType.KEYWORD), visibleAtOnce, searched));
  }

  private static List<String> found(Documents<Letter> letters, String words) {
    return letters.find(DocumentQuery.ALL.and(new Condition.Text(words))).items().stream()
        .map(Versioned::id)
        .sorted()
        .toList();
  }
}
