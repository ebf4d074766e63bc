package io.tillpost.console.recovery.ui;

import io.tillpost.console.recovery.operation.Differences;
import io.tillpost.recovery.FieldChange;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Counts the messages in which the same field is changed in the same way. */
final class SameChanges {
  private static final Pattern NUMBER = Pattern.compile("\\[\\d+]");

  private final Map<FieldChange, Integer> messages = new HashMap<>();

  /**
   * A change and in how many messages it is made.
   *
   * @param change its path has {@code *} in place of every number
   */
  record Group(FieldChange change, int messages) {}

  /** Counts these too; each message is given once. */
  void add(List<Differences> more) {
    for (Differences message : more) {
      Set<FieldChange> once = new HashSet<>();
      message.changes().forEach(change -> once.add(anywhere(change)));
      once.forEach(change -> messages.merge(change, 1, Integer::sum));
    }
  }

  /** Those in more than one message, the most frequent first. */
  List<Group> groups() {
    return messages.entrySet().stream()
        .filter(change -> change.getValue() > 1)
        .map(change -> new Group(change.getKey(), change.getValue()))
        .sorted(
            Comparator.comparingInt(Group::messages)
                .reversed()
                .thenComparing(group -> group.change().path())
                .thenComparing(group -> String.valueOf(group.change().before()))
                .thenComparing(group -> String.valueOf(group.change().after())))
        .toList();
  }

  private static FieldChange anywhere(FieldChange change) {
    return new FieldChange(
        NUMBER.matcher(change.path()).replaceAll("[*]"), change.before(), change.after());
  }
}
