package io.tillpost.console.exceptions;

import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.Fingerprint;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;

/**
 * What all acts of triage over HTTP have in common.
 *
 * @param first is done before it is looked whether the request was done already
 * @param view what is answered of an exception after the act
 */
record TriageCalls(
    ExceptionInbox inbox,
    CurrentOperator operator,
    Runnable first,
    Function<ExceptionGroup, Object> view) {
  /**
   * Does it, or says why not.
   *
   * @param id as it came
   * @param key the same for every repeat of one request; null or blank for none
   * @param content what is asked for; equal contents read alike
   */
  ResponseEntity<?> act(
      Permission permission,
      String id,
      @Nullable String key,
      Object content,
      Function<Fingerprint, TriageAnswer> act) {
    // Who may not is told nothing about what there is.
    Optional<String> refusal = operator.refusal(permission);
    if (refusal.isPresent()) {
      throw new AccessDeniedException(refusal.get());
    }
    first.run();
    Optional<ExceptionDetail> found = Fingerprints.read(id).flatMap(inbox::find);
    if (found.isEmpty()) {
      return problem(HttpStatus.NOT_FOUND, "There is no exception " + id);
    }
    Fingerprint fingerprint = found.get().fingerprint();
    if (key == null || key.isBlank()) {
      return answer(act.apply(fingerprint));
    }
    TriageRequest request = TriageRequest.of(operator.get().id(), key, content);
    Optional<ExceptionGroup> before = done(found.get(), request);
    if (before.isPresent()) {
      return before.get().hasRequest(request.name())
          ? ResponseEntity.ok(view.apply(before.get()))
          : problem(
              HttpStatus.CONFLICT, "This Idempotency-Key was used for another request already");
    }
    return answer(request.doing(() -> act.apply(fingerprint)));
  }

  /**
   * Where it is written down that the caller's key was used. What is done to one that was merged is
   * mostly done to the one in which it is, and written down there.
   */
  private Optional<ExceptionGroup> done(ExceptionDetail asked, TriageRequest request) {
    Stream<ExceptionGroup> whole =
        asked
            .mergedInto()
            .flatMap(_ -> inbox.find(asked.grouping().root(asked.fingerprint())))
            .map(ExceptionDetail::triage)
            .stream();
    return Stream.concat(Stream.of(asked.triage()), whole)
        .filter(group -> group.request(request.beginning()).isPresent())
        .findFirst();
  }

  private ResponseEntity<?> answer(TriageAnswer answer) {
    return switch (answer) {
      case TriageAnswer.Done done -> ResponseEntity.ok(view.apply(done.exception()));
      case TriageAnswer.Invalid invalid -> problem(HttpStatus.BAD_REQUEST, invalid.reason());
    };
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
