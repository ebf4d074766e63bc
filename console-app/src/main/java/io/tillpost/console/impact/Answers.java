package io.tillpost.console.impact;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for what was asked at the same time. */
final class Answers {
  private Answers() {}

  /** The answer, or what the question failed with, as if it had been asked here. */
  static <T> T of(Future<T> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("A question about the impact broke", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking about the impact", e);
    }
  }
}
