package io.tillpost.console.recovery.run;

/**
 * How many items of an operation a run holds with their documents.
 *
 * @param toGo to each target, of those for which nothing went out yet
 * @param onTheirWay while so many are on their way, none are read that have still to go
 * @param part so many are read, or let go of, with one request
 */
record WindowSize(int toGo, int onTheirWay, int part) {
  /** As a console uses it. */
  static final WindowSize USUAL = new WindowSize(1_000, 10_000, 1_000);
}
