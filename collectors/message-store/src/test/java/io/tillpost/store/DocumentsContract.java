package io.tillpost.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tillpost.store.DocumentKind.FieldType;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class DocumentsContract extends StoreContract {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final DocumentKind<Note> NOTES =
      new DocumentKind<>(
          "notes",
          Note.class,
          Map.of(
              "state", FieldType.KEYWORD,
              "tags", FieldType.KEYWORD,
              "body", FieldType.TEXT,
              "rank_order", FieldType.LONG,
              "done", FieldType.BOOLEAN,
              "changed_at", FieldType.DATE,
              "author.name", FieldType.KEYWORD),
          true);

  private static final DocumentKind<Note> SEARCHED =
      new DocumentKind<>(
          "notes-searched", Note.class, NOTES.fields(), true, List.of("body", "comment"));

  private Documents<Note> notes;

  enum State {
    OPEN,
    CLOSED
  }

  record Author(String name) {}

  record Note(
      State state,
      List<String> tags,
      String body,
      long rankOrder,
      boolean done,
      Instant changedAt,
      Author author,
      Optional<String> comment) {
    /** A question that is not part of the document. */
    public boolean isEmpty() {
      return body.isEmpty();
    }
  }

  record OlderNote(State state) {}

  record NewerNote(State state, List<String> links, int weight, String extra) {}

  @BeforeEach
  void openNotes() {
    notes = stores.documents().of(NOTES);
  }

  @Test
  void aDocumentThatWasNeverWrittenIsNotThere() {
    assertThat(notes.get("a")).isEmpty();
    assertThat(notes.find(DocumentQuery.ALL)).isEqualTo(new Page<>(List.of(), 0, null));
    assertThat(notes.count(DocumentQuery.ALL)).isZero();
    assertThat(notes.countBy("state", DocumentQuery.ALL)).isEmpty();
  }

  @Test
  void aDocumentComesBackAsItWasWritten() {
    Note note = note("Gr\u00FC\u00DFe \"all\"\n", 7);
    assertThat(notes.create("a", note)).isTrue();
    assertThat(notes.get("a").orElseThrow().value()).isEqualTo(note);
    assertThat(notes.find(DocumentQuery.ALL).items())
        .isEqualTo(List.of(notes.get("a").orElseThrow()));
  }

  @Test
  void onlyTheFirstOfTwoCreates() {
    assertThat(notes.create("a", note("first", 1))).isTrue();
    assertThat(notes.create("a", note("second", 2))).isFalse();
    assertThat(notes.get("a").orElseThrow().value().body()).isEqualTo("first");
  }

  @Test
  void ofManyWhoCreateAtOnceExactlyOneDoes() throws Exception {
    assertThat(race(() -> notes.create("a", note("mine", 1)))).isEqualTo(1);
  }

  @Test
  void ofManyWhoReplaceTheSameVersionExactlyOneDoes() throws Exception {
    notes.create("a", note("before", 1));
    Versioned<Note> read = notes.get("a").orElseThrow();
    assertThat(race(() -> notes.replace(read, note("after", 2)))).isEqualTo(1);
    assertThat(notes.get("a").orElseThrow().value().body()).isEqualTo("after");
  }

  @Test
  void aDocumentIsReplacedOnlyInTheVersionThatWasRead() {
    notes.create("a", note("1", 1));
    Versioned<Note> first = notes.get("a").orElseThrow();
    assertThat(notes.replace(first, note("2", 2))).isTrue();
    assertThat(notes.replace(first, note("3", 3))).isFalse();
    Versioned<Note> found = notes.find(DocumentQuery.ALL).items().getFirst();
    assertThat(notes.replace(found, note("4", 4))).isTrue();
    assertThat(notes.get("a").orElseThrow().value().body()).isEqualTo("4");
  }

  @Test
  void puttingWritesWhateverIsThere() {
    notes.put("a", note("1", 1));
    notes.put("a", note("2", 2));
    assertThat(notes.get("a").orElseThrow().value().body()).isEqualTo("2");
  }

  @Test
  void conditionsMustAllHold() {
    notes.create(
        "a",
        new Note(
            State.OPEN,
            List.of("x", "y"),
            "The quick brown fox",
            1,
            false,
            NOON,
            new Author("ann"),
            Optional.empty()));
    notes.create(
        "b",
        new Note(
            State.CLOSED,
            List.of("y"),
            "A brown dog",
            2,
            true,
            NOON.plusSeconds(60),
            new Author("bob"),
            Optional.of("c")));
    notes.create(
        "c", new Note(State.OPEN, List.of(), "Quickly", 3, false, null, null, Optional.empty()));
    DocumentQuery all = DocumentQuery.ALL;
    assertThat(ids(all)).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(ids(all.where("state", "OPEN"))).containsExactlyInAnyOrder("a", "c");
    assertThat(ids(all.where("tags", "y"))).containsExactlyInAnyOrder("a", "b");
    assertThat(ids(all.and(new Condition.AnyOf("tags", Set.of("x", "z"))))).containsExactly("a");
    assertThat(ids(all.and(new Condition.AnyOf("tags", Set.of())))).isEmpty();
    assertThat(ids(all.and(new Condition.NoneOf("tags", Set.of("x", "z")))))
        .containsExactlyInAnyOrder("b", "c");
    assertThat(ids(all.and(new Condition.NoneOf("tags", Set.of())))).hasSize(3);
    assertThat(ids(all.where("author.name", "bob"))).containsExactly("b");
    assertThat(ids(all.where("rank_order", "3"))).containsExactly("c");
    assertThat(ids(all.where("done", "true"))).containsExactly("b");
    assertThat(ids(all.and(new Condition.Words("body", "BROWN"))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(ids(all.and(new Condition.Words("body", "brown qui")))).containsExactly("a");
    assertThat(ids(all.and(new Condition.Words("body", "qui brown")))).isEmpty();
    assertThat(ids(all.and(new Condition.Words("body", " ")))).hasSize(3);
    assertThat(ids(all.and(new Condition.Missing("changed_at")))).containsExactly("c");
    assertThat(ids(all.and(new Condition.Missing("author.name")))).containsExactly("c");
    assertThat(ids(all.and(new Condition.Between("changed_at", NOON, NOON.plusSeconds(60)))))
        .containsExactly("a");
    assertThat(ids(all.and(new Condition.Between("changed_at", null, NOON.plusSeconds(61)))))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(ids(all.where("state", "OPEN").where("tags", "y"))).containsExactly("a");
    assertThat(notes.count(all.where("state", "OPEN"))).isEqualTo(2);
    assertThat(notes.countBy("tags", all)).containsExactly(Map.entry("y", 2L), Map.entry("x", 1L));
  }

  @Test
  void countsAndFirstOnesAreToldForEachValueAtOnce() {
    tagged("a", State.OPEN, 3, "x");
    tagged("b", State.CLOSED, 1, "x");
    tagged("c", State.OPEN, 2, "x", "y");
    tagged("d", State.OPEN, 2);
    settle();
    DocumentQuery all = DocumentQuery.ALL;

    assertThat(notes.countBy("tags", "state", all))
        .containsExactly(
            Map.entry("x", Map.of("OPEN", 2L, "CLOSED", 1L)), Map.entry("y", Map.of("OPEN", 1L)));
    assertThat(notes.countBy("tags", "state", all.where("state", "CLOSED")))
        .containsExactly(Map.entry("x", Map.of("CLOSED", 1L)));
    assertThat(notes.countBy("state", "tags", all.and(new Condition.AnyOf("tags", Set.of()))))
        .isEmpty();

    Map<String, List<Versioned<Note>>> first =
        notes.firstOf("tags", 2, all.sorted("rank_order", false).page(1, null));
    assertThat(first.keySet()).containsExactly("x", "y");
    assertThat(first.get("x")).extracting(Versioned::id).containsExactly("b", "c");
    assertThat(first.get("y")).containsExactly(notes.get("c").orElseThrow());
    Map<String, List<Versioned<Note>>> highest =
        notes.firstOf(
            "state",
            1,
            all.where("tags", "x").sorted("rank_order", true).without(Set.of("author")));
    assertThat(highest.keySet()).containsExactly("OPEN", "CLOSED");
    assertThat(highest.get("OPEN")).extracting(Versioned::id).containsExactly("a");
    assertThat(highest.get("OPEN").getFirst().value().author()).isNull();
    assertThat(notes.firstOf("author.name", 1, all)).isEmpty();
    Map<String, List<Versioned<Note>>> asked =
        notes.firstOf("tags", 5, all.and(new Condition.AnyOf("tags", Set.of("y", "z"))));
    assertThat(asked.keySet()).as("not of the other one that it has").containsExactly("y");
    assertThat(asked.get("y")).extracting(Versioned::id).containsExactly("c");
    assertThat(ids(all.and(new Condition.AtMost("rank_order", 2))))
        .containsExactlyInAnyOrder("b", "c", "d");
    assertThat(ids(all.and(new Condition.AtMost("rank_order", 0)))).isEmpty();
  }

  private void tagged(String id, State state, long rank, String... tags) {
    notes.create(
        id, new Note(state, List.of(tags), "x", rank, false, null, null, Optional.empty()));
  }

  @Test
  void textsAreFoundByAllTheirWordsTogether() {
    Documents<Note> searched = stores.documents().of(SEARCHED);
    searched.create("a", text("Gave it to Übermüller, TAX_CODE 0412-03 (old)", "He is back"));
    searched.create("b", text("gave it back", null));
    searched.create("c", text("…", null));
    settle();

    assertThat(found(searched, "gave")).containsExactly("a", "b");
    assertThat(found(searched, "BACK gave")).as("of both members").containsExactly("a", "b");
    assertThat(found(searched, "back, is \"gave\"")).containsExactly("a");
    assertThat(found(searched, "ÜBERmüller")).containsExactly("a");
    assertThat(found(searched, "tax_code")).containsExactly("a");
    assertThat(found(searched, "0412-03")).containsExactly("a");
    assertThat(found(searched, "code old")).containsExactly("a");
    assertThat(found(searched, "über")).as("four letters are a beginning").containsExactly("a");
    assertThat(found(searched, "übe")).as("three are a word").isEmpty();
    assertThat(found(searched, "müller")).as("in the middle of a word").isEmpty();
    assertThat(found(searched, "gave nothing")).isEmpty();
    assertThat(found(searched, " … ")).containsExactly("a", "b", "c");
    assertThat(found(searched, "OPEN")).as("another member").isEmpty();
    assertThat(searched.get("a").orElseThrow().value().comment()).contains("He is back");
    DocumentQuery text = DocumentQuery.ALL.and(new Condition.Text("gave"));
    assertThat(searched.count(text.where("state", "OPEN"))).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> notes.find(text));
    assertThat(searched.withoutWords()).isZero();
    assertThat(searched.keepWords(10)).isZero();
    assertThat(notes.keepWords(10)).isZero();
  }

  private static Note text(String body, String comment) {
    return new Note(
        State.OPEN, List.of(), body, 1, false, NOON, null, Optional.ofNullable(comment));
  }

  private static List<String> found(Documents<Note> notes, String words) {
    return notes.find(DocumentQuery.ALL.and(new Condition.Text(words))).items().stream()
        .map(Versioned::id)
        .sorted()
        .toList();
  }

  @Test
  void whatIsRemovedIsGoneAndWhatIsNotThereIsNoMistake() {
    notes.create("a", new Note(State.OPEN, List.of(), "x", 1, false, null, null, Optional.empty()));
    notes.create("b", new Note(State.OPEN, List.of(), "y", 1, false, null, null, Optional.empty()));
    notes.removeAll(Set.of("a", "never-there"));
    notes.removeAll(Set.of());
    settle();
    assertThat(notes.get("a")).isEmpty();
    assertThat(ids(DocumentQuery.ALL)).containsExactly("b");
  }

  @Test
  void ofSeveralOnlyThoseAreRemovedThatNobodyChangedSince() {
    Note note = new Note(State.OPEN, List.of(), "x", 1, false, null, null, Optional.empty());
    List<Versioned<Note>> read = new ArrayList<>();
    for (String id : List.of("a", "b", "c", "d")) {
      notes.create(id, note);
      read.add(notes.get(id).orElseThrow());
    }
    assertThat(notes.replace(read.get(1), note)).isTrue();
    assertThat(notes.remove(read.get(2))).isTrue();

    notes.removeUnchanged(read);
    notes.removeUnchanged(List.of());

    settle();
    assertThat(ids(DocumentQuery.ALL)).containsExactly("b");
    notes.removeUnchanged(List.of(notes.get("b").orElseThrow()));
    assertThat(notes.get("b")).isEmpty();
  }

  @Test
  void onlyWhatNobodyChangedSinceIsRemovedByItsVersion() {
    Note note = new Note(State.OPEN, List.of(), "x", 1, false, null, null, Optional.empty());
    notes.create("a", note);
    Versioned<Note> before = notes.get("a").orElseThrow();
    notes.replace(before, note);
    assertThat(notes.remove(before)).isFalse();
    Versioned<Note> now = notes.get("a").orElseThrow();
    assertThat(notes.remove(now)).isTrue();
    assertThat(notes.remove(now)).isFalse();
    assertThat(notes.get("a")).isEmpty();
    assertThat(notes.replace(now, note)).isFalse();
    assertThat(notes.create("a", note)).isTrue();
  }

  @Test
  void aListIsSortedWithTiesByIdAndMissingValuesLast() {
    for (int i = 0; i < 7; i++) {
      Instant changed = i == 3 ? null : NOON.plusSeconds(i / 2);
      notes.create(
          "n" + i,
          new Note(
              State.OPEN,
              List.of(),
              "x",
              i / 3,
              false,
              changed,
              i == 5 ? null : new Author("a" + i % 2),
              Optional.empty()));
    }
    assertThat(pages("rank_order", false))
        .containsExactly("n0", "n1", "n2", "n3", "n4", "n5", "n6");
    assertThat(pages("rank_order", true)).containsExactly("n6", "n3", "n4", "n5", "n0", "n1", "n2");
    assertThat(pages("changed_at", false))
        .containsExactly("n0", "n1", "n2", "n4", "n5", "n6", "n3");
    assertThat(pages("changed_at", true)).containsExactly("n6", "n4", "n5", "n2", "n0", "n1", "n3");
    assertThat(pages("author.name", false))
        .containsExactly("n0", "n2", "n4", "n6", "n1", "n3", "n5");
    assertThat(pages("author.name", true))
        .containsExactly("n1", "n3", "n0", "n2", "n4", "n6", "n5");
    assertThat(pages(null, false)).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void aBrokenCursorIsRefusedInASentence() {
    for (String broken : List.of("", "xyz", "W10", "e30")) {
      assertThatIllegalArgumentException()
          .as(broken)
          .isThrownBy(() -> notes.find(DocumentQuery.ALL.page(10, broken)))
          .withMessageContaining("begins");
    }
  }

  @Test
  void aFieldThatTheKindDoesNotHaveIsRefusedInASentence() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.find(DocumentQuery.ALL.where("colour", "red")))
        .withMessageContaining("notes")
        .withMessageContaining("colour");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.find(DocumentQuery.ALL.sorted("body", false)));
    assertThatIllegalArgumentException().isThrownBy(() -> notes.countBy("body", DocumentQuery.ALL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.countBy("state", "body", DocumentQuery.ALL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.firstOf("body", 1, DocumentQuery.ALL));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.firstOf("state", 101, DocumentQuery.ALL));
  }

  @Test
  void anIdOfTheWrongLengthIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> notes.get(""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> notes.create("\u20AC".repeat(171), note("x", 1)));
    String longest = "a/ \"?".repeat(102);
    assertThat(notes.create(longest, note("x", 1))).isTrue();
    assertThat(notes.get(longest)).isPresent();
  }

  @Test
  void aKindMayGrow() {
    Documents<OlderNote> older =
        stores
            .documents()
            .of(
                new DocumentKind<>(
                    "growing", OlderNote.class, Map.of("state", FieldType.KEYWORD), true));
    older.create("a", new OlderNote(State.OPEN));
    Documents<NewerNote> newer =
        stores
            .documents()
            .of(
                new DocumentKind<>(
                    "growing-later",
                    NewerNote.class,
                    Map.of("state", FieldType.KEYWORD, "weight", FieldType.LONG),
                    true));
    newer.create("a", new NewerNote(State.OPEN, List.of("l"), 3, "e"));
    assertThat(newer.find(DocumentQuery.ALL.where("weight", "3")).items()).hasSize(1);
  }

  @Test
  void whatIsLeftOutIsNotRead() {
    notes.create("a", note("long", 1));
    List<Versioned<Note>> found = new ArrayList<>();
    DocumentQuery query = DocumentQuery.ALL.where("state", "OPEN").without(Set.of("body", "tags"));
    notes.findAll(query, found::addAll);
    found.addAll(notes.find(query).items());
    assertThat(found).hasSize(2).allSatisfy(note -> assertThat(note.value().body()).isNull());
    assertThat(found.getFirst().value().tags()).isEmpty();
    assertThat(found.getFirst().value().rankOrder()).isEqualTo(1);
    assertThat(notes.replace(found.getFirst(), note("other", 2)))
        .as("its version is known")
        .isTrue();
  }

  @Test
  void kindsDoNotMix() {
    notes.create("a", note("x", 1));
    Documents<OlderNote> others =
        stores
            .documents()
            .of(new DocumentKind<>("notes-of-others", OlderNote.class, Map.of(), false));
    assertThat(others.get("a")).isEmpty();
    assertThat(others.create("a", new OlderNote(State.OPEN))).isTrue();
    settle();
    assertThat(notes.count(DocumentQuery.ALL)).isEqualTo(1);
  }

  private static Note note(String body, long rank) {
    return new Note(
        State.OPEN,
        List.of("t"),
        body,
        rank,
        false,
        NOON.plusNanos(123_456_789),
        new Author("ann"),
        Optional.of("c"));
  }

  private List<String> ids(DocumentQuery query) {
    return notes.find(query).items().stream().map(Versioned::id).toList();
  }

  private List<String> pages(String sortBy, boolean descending) {
    List<String> all = new ArrayList<>();
    DocumentQuery query = DocumentQuery.ALL.sorted(sortBy, descending).page(2, null);
    List<Versioned<Note>> found = new ArrayList<>();
    notes.findAll(query, found::addAll);
    while (true) {
      Page<Versioned<Note>> page = notes.find(query);
      page.items().forEach(item -> all.add(item.id()));
      if (page.next() == null) {
        assertThat(found.stream().map(Versioned::id)).containsExactlyElementsOf(all);
        return all;
      }
      query = query.page(2, page.next());
    }
  }

  private static int race(java.util.concurrent.Callable<Boolean> writer) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    int won = 0;
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  return writer.call();
                }));
      }
      start.countDown();
      for (Future<Boolean> result : results) {
        won += result.get() ? 1 : 0;
      }
    }
    return won;
  }
}
