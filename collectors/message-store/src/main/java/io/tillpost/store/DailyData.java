package io.tillpost.store;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;

/**
 * Data that is kept by UTC day and dropped by whole days. All methods throw {@link
 * StoreUnavailableException} where the storage does not answer; asking again is safe.
 */
public interface DailyData {
  /** What is kept by day. */
  enum Kind {
    /** Message events with their payloads, by the day on which they happened. */
    EVENTS,
    /** Spans, by the day of their start. */
    SPANS,
    /** The state of messages, by the day of their capture. */
    MESSAGES;

    /** As in names and configuration: {@code events}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The days of which something is kept, in any order. */
  Set<LocalDate> days(Kind kind);

  /** Drops everything of that day; nothing where there is nothing. */
  void drop(Kind kind, LocalDate day);
}
