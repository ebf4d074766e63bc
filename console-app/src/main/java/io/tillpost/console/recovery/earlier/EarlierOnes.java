package io.tillpost.console.recovery.earlier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Earlier messages about one business object.
 *
 * @param oldest the oldest of them, in their order
 * @param more how many others there are, at least; they are not known by name
 */
public record EarlierOnes(List<EarlierMessage> oldest, int more) {
  /** None at all. */
  public static final EarlierOnes NONE = new EarlierOnes(List.of(), 0);

  /** As they are given. */
  public EarlierOnes {
    oldest = List.copyOf(oldest);
  }

  /** Whether there are none, also none that are not known by name. */
  public boolean isNone() {
    return oldest.isEmpty() && more == 0;
  }

  /** How many there are, at least. */
  int count() {
    return oldest.size() + more;
  }

  /** The same without these, by their ids. */
  EarlierOnes without(Set<String> ids) {
    return new EarlierOnes(oldest.stream().filter(one -> !ids.contains(one.id())).toList(), more);
  }

  /**
   * The same with this one, where it is not among them.
   *
   * @param named how many are known by name at most
   */
  EarlierOnes with(EarlierMessage another, int named) {
    if (oldest.stream().anyMatch(one -> one.id().equals(another.id()))) {
      return this;
    }
    List<EarlierMessage> all = new ArrayList<>(oldest);
    all.add(another);
    all.sort(EarlierMessage.ORDER);
    int kept = Math.min(named, all.size());
    return new EarlierOnes(all.subList(0, kept), more + all.size() - kept);
  }

  /**
   * Those that were captured before this one; none where none of them is known by name. Where one
   * that is known by name was not, all that are not are later still.
   */
  public EarlierOnes before(EarlierMessages.Later later) {
    List<EarlierMessage> these = oldest.stream().filter(later::isAfter).toList();
    return these.isEmpty()
        ? NONE
        : new EarlierOnes(these, these.size() == oldest.size() ? more : 0);
  }
}
