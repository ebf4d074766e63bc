package io.tillpost.console.recovery.api;

import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.recovery.RecoveryOperation;
import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Answers of the recovery API, the same for every act. */
final class Problems {
  private static final String LOCATION = "/api/v1/operations/";

  private Problems() {}

  /** 202 with the operation and its address, or a problem that says why not. */
  static ResponseEntity<?> answer(
      OperationAnswer answer, Function<RecoveryOperation, Object> body) {
    return switch (answer) {
      case OperationAnswer.Accepted a ->
          ResponseEntity.accepted()
              .location(URI.create(LOCATION + a.operation().id()))
              .body(body.apply(a.operation()));
      case OperationAnswer.NotFound n -> of(HttpStatus.NOT_FOUND, n.reason());
      case OperationAnswer.Forbidden f -> of(HttpStatus.FORBIDDEN, f.reason());
      case OperationAnswer.Refused r -> of(HttpStatus.CONFLICT, r.reason());
      case OperationAnswer.Invalid i -> of(HttpStatus.BAD_REQUEST, i.reason());
    };
  }

  /** Problem details. */
  static ResponseEntity<ProblemDetail> of(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
