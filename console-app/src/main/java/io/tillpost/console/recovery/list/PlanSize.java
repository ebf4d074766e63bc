package io.tillpost.console.recovery.list;

/**
 * How many messages are planned, and how.
 *
 * @param most the longest list that one operation takes
 * @param held a list of up to so many messages is held while it is planned, and who asked for it
 *     waits; a longer one is read again part by part in the background
 * @param part of a longer list so many are read, looked at and written at a time, up to 1,000
 */
public record PlanSize(int most, int held, int part) {
  /** As a console plans. */
  public static PlanSize upTo(int most) {
    return new PlanSize(most, 10_000, 1_000);
  }
}
