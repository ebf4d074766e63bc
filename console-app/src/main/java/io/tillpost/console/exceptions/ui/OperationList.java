package io.tillpost.console.exceptions.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import io.tillpost.console.live.Drawn;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.console.text.MomentText;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryOperation;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** The operations about an exception, with how far each is. Its links stay while they move on. */
final class OperationList extends UnorderedList {
  private final transient ZoneId zone;
  private final transient Drawn<List<Link>> drawn = new Drawn<>();
  private final List<Span> standings = new ArrayList<>();

  OperationList(ZoneId zone) {
    this.zone = zone;
  }

  void show(List<OperationProgress> runs) {
    List<Link> links = runs.stream().map(run -> link(run.operation())).toList();
    if (drawn.differs(links)) {
      removeAll();
      standings.clear();
      links.forEach(this::add);
    }
    for (int i = 0; i < runs.size(); i++) {
      standings.get(i).setText(standing(runs.get(i)));
    }
  }

  private void add(Link link) {
    Span standing = new Span();
    standings.add(standing);
    add(new ListItem(new Anchor(link.href(), link.words()), standing));
  }

  private Link link(RecoveryOperation operation) {
    return new Link(
        "operations/" + operation.id(),
        MomentText.full(operation.requestedAt(), zone) + " by " + operation.requestedBy());
  }

  private static String standing(OperationProgress run) {
    return ": %,d of %,d confirmed, %,d ended%s"
        .formatted(
            run.count(ItemState.CONFIRMED) + run.count(ItemState.ALREADY_DONE),
            run.operation().size(),
            run.ended(),
            reason(run.operation()));
  }

  /** The reason of what nobody asked for is always the same. */
  private static String reason(RecoveryOperation operation) {
    return operation.isAutomatic() ? "" : " · " + operation.reason();
  }

  private record Link(String href, String words) {}
}
