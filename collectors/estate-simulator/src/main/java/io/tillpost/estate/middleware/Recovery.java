package io.tillpost.estate.middleware;

import org.jspecify.annotations.Nullable;

/** What somebody asks of the recovery channel, and what the middleware says to it. */
public final class Recovery {
  /** What may be asked. */
  public enum Action {
    RETRY,
    EDIT_AND_RETRY,
    REPLAY,
    DISCARD
  }

  /**
   * A request.
   *
   * @param attempt the attempt to be made
   * @param traceparent the trace that the attempt belongs to, or null
   * @param payload the corrected document, or null
   */
  public record Request(
      Action action,
      String messageId,
      int attempt,
      @Nullable String traceparent,
      @Nullable String payload) {}

  /** An answer. */
  public sealed interface Answer {}

  /** The attempt is under way; events will tell. */
  public record Accepted() implements Answer {}

  /** The target has it already. */
  public record AlreadyPosted() implements Answer {}

  /** Not to be done, with the reason. */
  public record Refused(String reason) implements Answer {}

  /** Not now. */
  public record Later(int seconds, String reason) implements Answer {}

  private Recovery() {}
}
