package io.tillpost.console.recovery.run;

import java.util.concurrent.Executor;

/**
 * Runs one operation in rounds. Rounds are for one thread; what they hand out may run on others.
 */
interface Round {
  /** How it goes on after a round. */
  enum Going {
    /** Nothing more can be handed out before something happens. */
    ON,
    /** More can be handed out as soon as the pace allows it. */
    PACED,
    /** No item is open. */
    DONE,
    /** Nobody works on this operation any more. */
    OVER
  }

  /** One round: looks at how the operation stands, and hands out what is to be done now. */
  Going next(Executor workers);
}
