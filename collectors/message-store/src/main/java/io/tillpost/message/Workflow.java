package io.tillpost.message;

import java.time.Instant;

/**
 * One business process across systems, as configured: how it is called, how its delay reads in
 * business words, and what it promises.
 *
 * @param name like {@code sales-posting}
 * @param title as shown, like {@code Sales posting}
 * @param impact which business impact its stuck messages have
 * @param objective what it promises
 */
public record Workflow(String name, String title, ImpactKind impact, Objective objective) {
  /** When a message captured then is due. */
  public Instant dueAt(Instant capturedAt) {
    return capturedAt.plus(objective.within());
  }
}
