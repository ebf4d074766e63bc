package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Grouping;
import io.tillpost.store.GroupingStore;

/** Reads the grouping as it is now; what it means is worked out once for as long as it stays. */
final class GroupsReader {
  private final GroupingStore store;
  private volatile Groups known = Groups.of(Grouping.NONE);

  GroupsReader(GroupingStore store) {
    this.store = store;
  }

  Groups current() {
    Grouping grouping = store.current();
    Groups groups = known;
    if (!groups.grouping().equals(grouping)) {
      groups = Groups.of(grouping);
      known = groups;
    }
    return groups;
  }
}
