package io.tillpost.ingest.index;

import io.tillpost.message.MessageEvent;
import io.tillpost.store.DailyData;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.FailureQueries;
import io.tillpost.store.ImpactQueries;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Messages;
import io.tillpost.store.StoreHealth;
import io.tillpost.store.Stores;
import io.tillpost.store.Traces;
import io.tillpost.store.WrittenEvent;
import io.tillpost.store.json.WrittenEvents;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers what it was given, and can be made to wait at one message or to fail. */
final class GatedWriter implements IngestWriter {
  private final Map<String, List<MessageEvent>> written = new LinkedHashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Set<String> closedTo = new HashSet<>();
  private int batches;
  private int failures;
  private boolean dying;
  private int breaks;
  private int failuresAfterNext;
  private @Nullable String refusal;
  private boolean leaving;
  private final List<String> takenOver = new ArrayList<>();
  private @Nullable String refusalOfLeft;
  private @Nullable String poison;
  private @Nullable String notTaken;

  @Override
  public synchronized Result write(Batch batch, List<WrittenEvent> before, BooleanSupplier more) {
    List<MessageEvent> events =
        Stream.concat(
                batch.events().stream(), batch.writtenEvents().stream().map(WrittenEvents::whole))
            .toList();
    events.forEach(event -> asked.add(event.messageId().value()));
    if (before.stream().anyMatch(event -> event.documentId().equals(poison))) {
      throw new IllegalStateException("too odd to be looked at");
    }
    if (dying) {
      throw new StackOverflowError("for a test");
    }
    if (breaks > 0) {
      breaks--;
      throw new OutOfMemoryError("for a test");
    }
    if (failures > 0) {
      failures--;
      return new Result.Unavailable("not now");
    }
    if (events.stream().anyMatch(event -> event.messageId().value().equals(notTaken))) {
      return new Result.Unavailable("not this one");
    }
    try {
      while (events.stream().anyMatch(e -> closedTo.contains(e.messageId().value()))) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Unavailable("interrupted");
    }
    batches++;
    failures = failuresAfterNext;
    failuresAfterNext = 0;
    before.forEach(event -> takenOver.add(event.documentId()));
    for (MessageEvent event : events) {
      written.computeIfAbsent(event.messageId().value(), _ -> new ArrayList<>()).add(event);
    }
    if (refusal != null) {
      String reason = refusal;
      return new Result.Written(
          0,
          0,
          events.stream().map(event -> new Refused(event.id().documentId(), reason)).toList());
    }
    String reasonOfLeft = refusalOfLeft;
    List<Refused> refused =
        reasonOfLeft == null
            ? List.of()
            : before.stream().map(e -> new Refused(e.documentId(), reasonOfLeft)).toList();
    return new Result.Written(
        events.size(),
        0,
        refused,
        leaving && more.getAsBoolean()
            ? IntStream.range(0, batch.writtenEvents().size()).boxed().toList()
            : List.of());
  }

  /** Batches with this message wait from now on. */
  synchronized void close(String message) {
    closedTo.add(message);
  }

  /** Batches with this message wait no more. */
  synchronized void open(String message) {
    closedTo.remove(message);
    notifyAll();
  }

  /** Nothing waits any more. */
  synchronized void open() {
    closedTo.clear();
    notifyAll();
  }

  /** Every event is refused for ever from now on. */
  synchronized void refuse(String reason) {
    refusal = reason;
  }

  /** From now on a batch leaves the states of all events that can be left to the next one. */
  synchronized void leave() {
    leaving = true;
  }

  /** The states of all events that were left are refused for ever. */
  synchronized void refuseLeft(String reason) {
    refusalOfLeft = reason;
  }

  /** Batches with this message alone are not taken for now. */
  synchronized void takeNoMoreOf(String message) {
    notTaken = message;
  }

  /** It breaks where it is given this event again, after its state was left. */
  synchronized void breakAtLeft(String documentId) {
    poison = documentId;
  }

  /** The documents of events whose states were left to a later batch that was written. */
  synchronized List<String> takenOver() {
    return List.copyOf(takenOver);
  }

  /** After the batch that is taken next, so many are not. */
  synchronized void failAfterNext(int times) {
    failuresAfterNext = times;
  }

  /** From now on it ends whoever calls it. */
  synchronized void die() {
    dying = true;
  }

  /** There is not enough memory for the next so many batches. */
  synchronized void runOutOfMemory(int times) {
    breaks = times;
  }

  /** The next so many batches are not taken. */
  synchronized void failTimes(int times) {
    failures = times;
  }

  /** Whether it was given an event of this message, written or not. */
  synchronized boolean wasAskedFor(String message) {
    return asked.contains(message);
  }

  /** Whether an event of this message was written. */
  synchronized boolean hasWritten(String message) {
    return written.containsKey(message);
  }

  /** How many batches were written. */
  synchronized int batches() {
    return batches;
  }

  synchronized Map<String, List<MessageEvent>> byMessage() {
    Map<String, List<MessageEvent>> copy = new LinkedHashMap<>();
    written.forEach((message, events) -> copy.put(message, List.copyOf(events)));
    return copy;
  }

  /** Stores that write through this. */
  Stores stores(Stores others) {
    return new Stores() {
      @Override
      public IngestWriter ingestWriter() {
        return GatedWriter.this;
      }

      @Override
      public Messages messages() {
        return others.messages();
      }

      @Override
      public Traces traces() {
        return others.traces();
      }

      @Override
      public ImpactQueries impact() {
        return others.impact();
      }

      @Override
      public FailureQueries failures() {
        return others.failures();
      }

      @Override
      public DocumentStore documents() {
        return others.documents();
      }

      @Override
      public DailyData daily() {
        return others.daily();
      }

      @Override
      public StoreHealth health() {
        return others.health();
      }

      @Override
      public void close() {
        others.close();
      }
    };
  }
}
