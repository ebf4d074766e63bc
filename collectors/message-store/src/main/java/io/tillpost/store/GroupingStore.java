package io.tillpost.store;

import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import io.tillpost.message.Message;
import io.tillpost.store.Documents.Versioned;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps how failures are put together by hand. It is one document, so that a merge or a split is
 * there as a whole or not at all, two at the same time make no circle, and every query goes by one
 * and the same state.
 */
public final class GroupingStore {
  private static final String ID = "grouping";
  private static final DocumentKind<Grouping> KIND =
      new DocumentKind<>("exception-grouping", Grouping.class, Map.of(), false);

  private final Documents<Grouping> documents;

  /** The grouping that is kept there. */
  public GroupingStore(DocumentStore store) {
    documents = store.of(KIND);
  }

  /** As it is now; real-time. */
  public Grouping current() {
    return documents.get(ID).map(Versioned::value).orElse(Grouping.NONE);
  }

  /**
   * Changes it, whoever else does at the same time: the change is made to what is there then.
   *
   * @param change what comes after; empty to leave it as it is
   */
  public void change(Function<Grouping, Optional<Grouping>> change) {
    while (true) {
      Optional<Versioned<Grouping>> known = documents.get(ID);
      Optional<Grouping> after = change.apply(known.map(Versioned::value).orElse(Grouping.NONE));
      if (after.isEmpty()
          || known
              .map(version -> documents.replace(version, after.get()))
              .orElseGet(() -> documents.create(ID, after.get()))) {
        return;
      }
    }
  }

  /** Whether conditions hold for this message, which is failed. */
  public static Predicate<SplitCondition> conditionsOf(Message message) {
    return condition -> holds(condition, message);
  }

  private static boolean holds(SplitCondition condition, Message message) {
    List<String> asked = SearchWords.asked(condition.text());
    Set<String> kept =
        asked.isEmpty() ? Set.of() : message.failure().map(SearchWords::of).orElse(Set.of());
    String value =
        condition.key() == null ? null : message.businessKey().keys().get(condition.key());
    return (condition.storeIds().isEmpty()
            || (message.storeId() != null && condition.storeIds().contains(message.storeId())))
        && (condition.workflow() == null || condition.workflow().equals(message.workflow()))
        && (condition.code() == null
            || message.failure().filter(f -> f.code().equals(condition.code())).isPresent())
        && asked.stream().allMatch(word -> SearchWords.matches(word, kept))
        && (condition.keyPrefix() == null
            || (value != null && value.startsWith(condition.keyPrefix())));
  }
}
