package io.tillpost.estate.state;

import io.tillpost.estate.message.Failure;
import io.tillpost.estate.trouble.Course;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What survives a restart. Posted keys are not listed: a message that was captured, is not open and
 * was not discarded has been posted.
 *
 * @param seed of the estate
 * @param stores of the estate
 * @param scenario of the estate
 * @param anchor when the estate first went live, epoch milliseconds
 * @param position up to when everything has happened and was sent, epoch milliseconds; 0 while the
 *     first history is not complete
 * @param numbers last number of each row, as {@code date/store/series/number}
 * @param open messages that are not finished
 * @param discarded ids of discarded messages
 * @param reports events that have not left yet
 * @param interventions what people did to the troubles
 * @param answers answers of the recovery channel by idempotency key, oldest first
 */
public record EstateState(
    long seed,
    int stores,
    String scenario,
    long anchor,
    long position,
    List<String> numbers,
    List<OpenMessage> open,
    List<String> discarded,
    List<WaitingReport> reports,
    List<Course.Intervention> interventions,
    Map<String, KeptAnswer> answers) {

  /** The state of an estate that has not gone live. */
  public static EstateState fresh(long seed, int stores, String scenario, long anchor) {
    return new EstateState(
        seed, stores, scenario, anchor, 0, List.of(), List.of(), List.of(), List.of(), List.of(),
        Map.of());
  }

  /** An unfinished message; {@code times} by the code of the stage. */
  public record OpenMessage(
      String id,
      long capturedAt,
      String state,
      String next,
      long dueAt,
      int attempt,
      int redeliveries,
      boolean posted,
      boolean heldBack,
      List<Long> times,
      @Nullable Failure failure,
      @Nullable String correctedPayload,
      @Nullable String recoveryTraceparent) {}

  /** An event that has not left; {@code store} is the store whose line it waits for, or 0. */
  public record WaitingReport(long at, int store, String event) {}

  /** An answer that is given again to the same key. */
  public record KeptAnswer(int status, String body) {}
}
