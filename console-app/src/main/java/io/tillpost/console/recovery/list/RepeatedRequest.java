package io.tillpost.console.recovery.list;

import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.Wish;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;

/** What is answered to a request with a key that was used before. */
final class RepeatedRequest {
  private RepeatedRequest() {}

  /**
   * @param known the operation of that key
   * @param scope where the list comes from that is asked for now
   */
  static OperationAnswer answer(RecoveryOperation known, Wish wish, OperationScope scope) {
    OperationScope other = known.scope();
    boolean widened =
        wish.request().earlier().choice() == EarlierChoice.INCLUDE
            && scope.kind() == OperationScope.Kind.MESSAGE
            && other.kind() == OperationScope.Kind.SELECTION;
    if (known.action() != wish.action()
        || (other.kind() != scope.kind() && !widened)
        || !other.subjectId().equals(scope.subjectId())) {
      return new OperationAnswer.Refused(
          "This Idempotency-Key was used for " + other.description());
    }
    String asked = known.requestHash();
    if (asked != null && !asked.equals(wish.hash())) {
      return new OperationAnswer.Refused(
          "This Idempotency-Key was used for another request about "
              + other.description()
              + "; use another one");
    }
    return known.state() == OperationState.ABANDONED
        ? new OperationAnswer.Refused(
            "The request with this Idempotency-Key was given up%s and nothing was sent; use another one"
                .formatted(why(known)))
        : new OperationAnswer.Accepted(known);
  }

  private static String why(RecoveryOperation known) {
    String why = known.latest().why();
    return why == null ? "" : " (" + why + ")";
  }
}
