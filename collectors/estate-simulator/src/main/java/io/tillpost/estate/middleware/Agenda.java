package io.tillpost.estate.middleware;

import io.tillpost.estate.message.Message;
import io.tillpost.estate.message.Stage;
import io.tillpost.estate.plan.Store;
import io.tillpost.estate.wire.EncodedEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** What happens next, in order of time. */
final class Agenda {
  /** Something that happens at a time. */
  sealed interface Entry {
    long at();

    long order();
  }

  /** A message moves on; void where it has made a later appointment. */
  record Move(long at, long order, Message message, int turn) implements Entry {}

  /** A report leaves; not before the line of {@code store} is back, where there is one. */
  record Report(long at, long order, EncodedEvent event, @Nullable Store store) implements Entry {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private long order;

  void move(Message message, Message.State state, Stage next, long at) {
    message.awaits(state, next, at);
    entries.add(new Move(at, order++, message, message.turn()));
  }

  void report(long at, EncodedEvent event, @Nullable Store store) {
    entries.add(new Report(at, order++, event, store));
  }

  /** The next entry up to a time, or null. */
  @Nullable Entry poll(long to) {
    Entry next = entries.peek();
    return next == null || next.at() > to ? null : entries.poll();
  }

  /** Reports that have not left yet, oldest first. */
  List<Report> reports() {
    List<Report> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Report report) {
        found.add(report);
      }
    }
    found.sort(Comparator.comparingLong(Report::at).thenComparingLong(Report::order));
    return found;
  }
}
