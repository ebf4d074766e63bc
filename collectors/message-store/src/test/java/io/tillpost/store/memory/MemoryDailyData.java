package io.tillpost.store.memory;

import io.tillpost.store.DailyData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.TreeSet;

/** Days of what is in memory. */
final class MemoryDailyData implements DailyData {
  private final Memory memory;

  MemoryDailyData(Memory memory) {
    this.memory = memory;
  }

  @Override
  public Set<LocalDate> days(Kind kind) {
    synchronized (memory) {
      memory.checkAnswers();
      Set<LocalDate> days = new TreeSet<>();
      switch (kind) {
        case EVENTS -> memory.events.values().forEach(event -> days.add(day(event.time())));
        case SPANS -> memory.spans.values().forEach(span -> days.add(day(span.start())));
        case MESSAGES -> memory.states.values().forEach(state -> days.add(day(state.capturedAt())));
      }
      return days;
    }
  }

  @Override
  public void drop(Kind kind, LocalDate day) {
    synchronized (memory) {
      memory.checkAnswers();
      switch (kind) {
        case EVENTS -> memory.events.values().removeIf(event -> day(event.time()).equals(day));
        case SPANS -> memory.spans.values().removeIf(span -> day(span.start()).equals(day));
        case MESSAGES ->
            memory.states.values().removeIf(state -> day(state.capturedAt()).equals(day));
      }
    }
  }

  private static LocalDate day(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).toLocalDate();
  }
}
