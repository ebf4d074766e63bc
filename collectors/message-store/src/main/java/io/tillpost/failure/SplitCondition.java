package io.tillpost.failure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of an exception are split off. Everything given must hold; an empty set or null
 * asks for nothing. It asks for nothing that changes while a message stays failed.
 *
 * @param storeIds any of these
 * @param workflow exactly this
 * @param code the failure's code, exactly this
 * @param text every one of these words is in the failure's code or text, whole or, from four
 *     characters on, as a beginning; case does not count
 * @param key the name of a business key, given together with the next
 * @param keyPrefix what the value of that key begins with; case counts
 */
public record SplitCondition(
    Set<String> storeIds,
    @Nullable String workflow,
    @Nullable String code,
    @Nullable String text,
    @Nullable String key,
    @Nullable String keyPrefix) {
  /** More stores than these are counted, not named. */
  private static final int STORES_NAMED = 5;

  /** Asks for nothing. */
  public static final SplitCondition NONE =
      new SplitCondition(Set.of(), null, null, null, null, null);

  public SplitCondition {
    storeIds = storeIds == null ? Set.of() : Set.copyOf(storeIds);
    workflow = blankToNull(workflow);
    code = blankToNull(code);
    text = blankToNull(text);
    key = blankToNull(key);
    keyPrefix = blankToNull(keyPrefix);
  }

  /** Whether it asks for nothing. */
  public boolean isEmpty() {
    return storeIds.isEmpty() && workflow == null && code == null && text == null && key == null;
  }

  /** Whether no message can be such that both hold; false where that is not certain. */
  boolean excludes(SplitCondition other) {
    return (!storeIds.isEmpty()
            && !other.storeIds.isEmpty()
            && Collections.disjoint(storeIds, other.storeIds))
        || differ(workflow, other.workflow)
        || differ(code, other.code)
        || (key != null && key.equals(other.key) && diverge(keyPrefix, other.keyPrefix));
  }

  private static boolean differ(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.equals(other);
  }

  /** Whether nothing begins with both. */
  private static boolean diverge(@Nullable String one, @Nullable String other) {
    return one != null && other != null && !one.startsWith(other) && !other.startsWith(one);
  }

  /** As it is shown, like {@code store 0412 or 0413, code TIMEOUT}. */
  public String words() {
    List<String> words = new ArrayList<>();
    if (!storeIds.isEmpty()) {
      List<String> named = new TreeSet<>(storeIds).stream().limit(STORES_NAMED).toList();
      int others = storeIds.size() - named.size();
      words.add(
          "store "
              + String.join(" or ", named)
              + (others > 0 ? " or %,d other%s".formatted(others, others == 1 ? "" : "s") : ""));
    }
    if (workflow != null) {
      words.add("workflow " + workflow);
    }
    if (code != null) {
      words.add("code " + code);
    }
    if (text != null) {
      words.add("“" + text + "” in the error");
    }
    if (key != null) {
      words.add(key + " begins with " + keyPrefix);
    }
    return String.join(", ", words);
  }

  private static @Nullable String blankToNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }
}
