package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Replacement;
import io.tillpost.store.Documents.Versioned;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many documents at once: created, read by their ids or by a search, replaced. */
abstract class ManyDocumentsContract extends StoreContract {
  private static final DocumentKind<Line> LINES =
      new DocumentKind<>(
          "lines", Line.class, Map.of("number", FieldType.LONG, "body", FieldType.KEYWORD), true);

  private Documents<Line> lines;

  record Line(String body, long number) {}

  @BeforeEach
  void openLines() {
    lines = stores.documents().of(LINES);
  }

  @Test
  void creatingManyTellsWhichWereThere() {
    lines.create("b", new Line("old", 1));
    Map<String, Line> many = new LinkedHashMap<>();
    List.of("a", "b", "c").forEach(id -> many.put(id, new Line("new", 2)));
    assertThat(lines.createAll(many)).containsExactly("b");
    assertThat(lines.get("b").orElseThrow().value().body()).isEqualTo("old");
    assertThat(lines.count(DocumentQuery.ALL)).isEqualTo(3);
    assertThat(lines.createAll(Map.of())).isEmpty();
  }

  @Test
  void creatingThousandsTellsWhichWereThereAndLeavesNoneOut() {
    lines.create("n1500", new Line("old", 1));
    Map<String, Line> many = new LinkedHashMap<>();
    for (int i = 0; i < 2_300; i++) {
      many.put("n" + i, new Line("new", i));
    }
    assertThat(lines.createAll(many)).containsExactly("n1500");
    assertThat(lines.get("n1500").orElseThrow().value().body()).isEqualTo("old");
    List<String> ids = new ArrayList<>();
    lines.findAll(
        DocumentQuery.ALL.page(1_000, null), part -> part.forEach(line -> ids.add(line.id())));
    assertThat(ids).containsExactlyInAnyOrderElementsOf(many.keySet());
  }

  @Test
  void thousandsAreReadAndReplacedAndThoseSomebodyChangedStay() {
    Map<String, Line> many = new LinkedHashMap<>();
    for (int i = 0; i < 2_300; i++) {
      many.put("n" + i, new Line("old", i));
    }
    lines.createAll(many);
    List<String> asked = new ArrayList<>(many.keySet());
    asked.add("never written");
    Map<String, Versioned<Line>> read = lines.getAll(asked);
    assertThat(read).containsOnlyKeys(many.keySet());
    lines.replace(read.get("n1500"), new Line("somebody's", 1));

    assertThat(
            lines.replaceAll(
                read.values().stream()
                    .map(line -> new Replacement<>(line, new Line("new", 2)))
                    .toList()))
        .containsExactly("n1500");

    Map<String, Versioned<Line>> now = new HashMap<>(lines.getAll(many.keySet()));
    assertThat(now.remove("n1500").value().body()).isEqualTo("somebody's");
    assertThat(now.values()).hasSize(2_299).allMatch(line -> line.value().body().equals("new"));
    assertThat(lines.getAll(List.of())).isEmpty();
    assertThat(lines.replaceAll(List.of())).isEmpty();
  }

  @Test
  void whatIsNotThereAnyMoreIsNotReplaced() {
    lines.create("a", new Line("old", 1));
    lines.create("b", new Line("old", 2));
    Map<String, Versioned<Line>> read = lines.getAll(List.of("a", "b"));
    lines.removeAll(Set.of("a"));

    assertThat(
            lines.replaceAll(
                read.values().stream()
                    .map(line -> new Replacement<>(line, new Line("new", 3)))
                    .toList()))
        .containsExactly("a");

    assertThat(lines.get("a")).isEmpty();
    assertThat(lines.get("b").orElseThrow().value().body()).isEqualTo("new");
  }

  @Test
  void allThatAreFoundAreHandedOverInPartsFromWhereTheQueryBegins() {
    for (int i = 0; i < 7; i++) {
      lines.create("n" + i, new Line("x", 10 - i));
    }
    DocumentQuery query = DocumentQuery.ALL.sorted("number", false);
    List<Versioned<Line>> all = lines.find(query.page(10, null)).items();
    List<List<Versioned<Line>>> parts = new ArrayList<>();

    lines.findAll(query.page(3, null), parts::add);
    assertThat(parts).extracting(List::size).containsExactly(3, 3, 1);
    assertThat(parts.stream().flatMap(List::stream).toList())
        .as("with their versions too")
        .isEqualTo(all);
    assertThat(
            lines.replaceAll(
                List.of(new Replacement<>(parts.getLast().getLast(), new Line("y", 0)))))
        .isEmpty();

    parts.clear();
    lines.findAll(query.page(3, lines.find(query.page(2, null)).next()), parts::add);
    assertThat(parts.stream().flatMap(List::stream).map(Versioned::id))
        .hasSize(5)
        .doesNotHaveDuplicates();
    lines.findAll(
        query.and(new Condition.Missing("number")), _ -> Assertions.fail("There is none"));
  }

  @Test
  void allValuesAreHandedOverOnceHoweverManyThereAre() {
    Map<String, Line> many = new LinkedHashMap<>();
    for (int i = 0; i < 2_300; i++) {
      many.put("n" + i, new Line("body " + i % 1_150, i % 1_150 < 50 ? 1 : 2));
    }
    many.put("none", new Line(null, 1));
    lines.createAll(many);

    List<Set<String>> parts = new ArrayList<>();
    lines.eachValue("body", 500, DocumentQuery.ALL.page(1, null), parts::add);
    assertThat(parts).extracting(Set::size).containsExactlyInAnyOrder(500, 500, 150);
    List<String> all = parts.stream().flatMap(Set::stream).toList();
    assertThat(all).doesNotHaveDuplicates().hasSize(1_150).contains("body 0", "body 1149");

    parts.clear();
    lines.eachValue("body", 50, DocumentQuery.ALL.where("number", "1"), parts::add);
    assertThat(parts).as("never an empty part").extracting(Set::size).containsExactly(50);
    parts.clear();
    lines.eachValue("body", 1, DocumentQuery.ALL.where("number", "3"), parts::add);
    assertThat(parts).isEmpty();
    assertThatThrownBy(() -> lines.eachValue("number", 1, DocumentQuery.ALL, parts::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> lines.eachValue("body", 10_001, DocumentQuery.ALL, parts::add))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
