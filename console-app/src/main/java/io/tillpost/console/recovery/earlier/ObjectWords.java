package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.MessageQuery.BusinessDay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The words by which messages about business objects are found, together for those that share one:
 * the articles of one place, or the places of one article, whichever are fewer groups. So no
 * article is looked for in the places of the others, and no receipt on the days of the others.
 */
final class ObjectWords {
  private final boolean byPlace;

  private ObjectWords(boolean byPlace) {
    this.byPlace = byPlace;
  }

  /** The way of looking for these that needs the fewest groups. */
  static ObjectWords fewest(Collection<BusinessObject.Words> objects) {
    return new ObjectWords(
        count(objects, BusinessObject.Words::place) <= count(objects, BusinessObject.Words::word));
  }

  private static long count(
      Collection<BusinessObject.Words> objects,
      Function<BusinessObject.Words, @Nullable String> shared) {
    return objects.stream().filter(words -> !isAlone(words)).map(shared).distinct().count();
  }

  /** Whether one word says it all: of a transaction, or where the place is not known. */
  private static boolean isAlone(BusinessObject.Words words) {
    return words.transaction() || words.place() == null;
  }

  /**
   * What those of one group have in common.
   *
   * @param shared a word; blank where it is none, and one word says it all
   * @param day of which they are; null where that is not known
   */
  private record Group(String shared, @Nullable BusinessDay day) {}

  private Group group(BusinessObject.Words words) {
    String place = words.place();
    return new Group(
        words.transaction() || place == null ? "" : byPlace ? place : words.word(), words.day());
  }

  private String inGroup(BusinessObject.Words words) {
    String place = words.place();
    return words.transaction() || place == null || byPlace ? words.word() : place;
  }

  /**
   * Parts of these, each to be looked for with one search.
   *
   * @param most how many are in a part at most
   * @param groups of how many groups at most
   */
  <T> List<List<T>> parts(
      Collection<T> objects, Function<T, BusinessObject.Words> words, int most, int groups) {
    List<T> sorted = new ArrayList<>(objects);
    sorted.sort(Comparator.comparing(object -> group(words.apply(object)).toString()));
    List<List<T>> parts = new ArrayList<>();
    List<T> part = new ArrayList<>();
    Set<Group> named = new HashSet<>();
    for (T object : sorted) {
      Group group = group(words.apply(object));
      if (part.size() == most || (named.size() == groups && !named.contains(group))) {
        parts.add(part);
        part = new ArrayList<>();
        named.clear();
      }
      named.add(group);
      part.add(object);
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }

  /** What messages about any of these have. */
  List<MessageQuery.Words> of(Collection<BusinessObject.Words> objects) {
    Map<Group, Set<String>> groups =
        objects.stream()
            .collect(
                Collectors.groupingBy(
                    this::group,
                    () -> new TreeMap<>(Comparator.comparing(Group::toString)),
                    Collectors.mapping(this::inGroup, Collectors.toSet())));
    List<MessageQuery.Words> any = new ArrayList<>();
    groups.forEach(
        (group, words) ->
            any.add(
                new MessageQuery.Words(
                    group.shared().isEmpty()
                        ? List.of(words)
                        : List.of(Set.of(group.shared()), words),
                    group.day())));
    return any;
  }
}
