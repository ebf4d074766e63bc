package io.tillpost.store;

import static io.tillpost.testing.Samples.aFailure;
import static io.tillpost.testing.Samples.aReturn;
import static io.tillpost.testing.Samples.aSale;

import io.tillpost.failure.Failure;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.store.FailureQueries.FailureFilter;
import io.tillpost.store.FailureQueries.Group;
import java.util.ArrayList;
import java.util.List;

/** Three exceptions to ask for: of three, two and one message. */
abstract class FailuresContract extends StoreContract {
  static final Failure TAX_19 = aFailure().message("Tax code DE-19X is not known").build();
  static final Failure TAX_20 = aFailure().message("Tax code AT-20 is not known").build();
  static final Failure ITEM =
      aFailure().code("ITEM_MISSING").message("Item 4711 is not in the master data").build();

  final List<List<Group>> parts(int size) {
    List<List<Group>> parts = new ArrayList<>();
    stores.failures().eachGroup(size, part -> parts.add(List.copyOf(part)));
    return parts;
  }

  final void writeThreeGroups() {
    List<MessageEvent> events = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      events.addAll(aSale().failingWith(TAX_19).throughStage(Stage.FAILED));
    }
    for (int i = 0; i < 2; i++) {
      events.addAll(aSale().failingWith(ITEM).target("loyalty").throughStage(Stage.FAILED));
    }
    events.addAll(
        aReturn()
            .failingWith(TAX_19)
            .store("0500")
            .key("receipt", "R-77")
            .throughStage(Stage.FAILED));
    write(events);
  }

  final List<Long> messages(FailureFilter filter) {
    return stores.failures().groups(filter, 10).stream().map(Group::messages).toList();
  }
}
