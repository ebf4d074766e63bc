package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.exceptions.ExceptionDetailView.MergeView;
import io.tillpost.console.exceptions.ExceptionDetailView.SplitView;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.failure.ExceptionGroup;
import io.tillpost.failure.ExceptionStatus;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.failure.SplitCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Merges and splits of exceptions over HTTP, with the rights of the views and the same audit. */
@RestController
@Tag(name = "Triage")
class RegroupApi {
  private final Merging merging;
  private final Splitting splitting;
  private final Regrouping regrouping;
  private final TriageCalls calls;

  RegroupApi(
      Merging merging,
      Splitting splitting,
      Regrouping regrouping,
      ExceptionInbox inbox,
      CurrentOperator operator) {
    this.merging = merging;
    this.splitting = splitting;
    this.regrouping = regrouping;
    this.calls = new TriageCalls(inbox, operator, regrouping::settle, this::view);
  }

  /** Ids of the exceptions that go into the one of the address, and why; the reason may be null. */
  record MergeBody(@Nullable List<String> exceptions, @Nullable String reason) {}

  /**
   * Which messages are split off, and why; the reason may be null.
   *
   * @param condition all that is given has to hold for a message; at least one part of it
   */
  record SplitBody(@Nullable SplitCondition condition, @Nullable String reason) {}

  /** Why; may be null. */
  record TakeApartBody(@Nullable String reason) {}

  /**
   * How an exception is put together, after the act.
   *
   * @param mergedInto how it went into another one; null where it did not
   * @param merges what went into it
   * @param splitOff how it was split off another one; null where it was not
   * @param splits what was split off it
   */
  record RegroupedView(
      String id,
      ExceptionStatus status,
      @Nullable MergeView mergedInto,
      List<MergeView> merges,
      @Nullable SplitView splitOff,
      List<SplitView> splits) {}

  @PostMapping("/api/v1/exceptions/{id}/merge")
  @Operation(
      summary = "Merge other exceptions into this one",
      description =
          "The messages of all are one exception from now on, also those that fail later. The"
              + " others lead to this one, and each can be taken apart again.")
  @ApiResponse(responseCode = "200", description = "How this one is put together now")
  @ApiResponse(responseCode = "400", description = "One is not there, is merged, or recovers")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> merge(
      @PathVariable String id,
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody MergeBody body) {
    List<Fingerprint> others = new ArrayList<>();
    for (String other : body.exceptions() == null ? List.<String>of() : body.exceptions()) {
      Optional<Fingerprint> read = Fingerprints.read(other);
      if (read.isEmpty()) {
        return calls.act(Permission.CLASSIFY, id, key, body, _ -> none(other));
      }
      others.add(read.get());
    }
    return calls.act(
        Permission.CLASSIFY, id, key, body, found -> merging.merge(found, others, body.reason()));
  }

  @PostMapping("/api/v1/exceptions/{id}/take-apart")
  @Operation(
      summary = "Take an exception out of the one that it was merged into",
      description = "Its messages are its own again. To put a part back, merge it.")
  @ApiResponse(responseCode = "200", description = "How it is put together now")
  @ApiResponse(responseCode = "400", description = "It is in no other one, or that one recovers")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> takeApart(
      @PathVariable String id,
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody TakeApartBody body) {
    return calls.act(
        Permission.CLASSIFY, id, key, body, found -> merging.takeApart(found, body.reason()));
  }

  @PostMapping("/api/v1/exceptions/{id}/split")
  @Operation(
      summary = "Split messages off this exception",
      description =
          "Those for which the condition holds are an exception of their own from now on, also"
              + " those that fail later. The newest of the splits in the answer tells its id."
              + " put-back takes it back.")
  @ApiResponse(responseCode = "200", description = "How this one is put together now")
  @ApiResponse(
      responseCode = "400",
      description = "The condition holds for none or all of its messages, or it recovers")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> split(
      @PathVariable String id,
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody SplitBody body) {
    SplitCondition condition = body.condition() == null ? SplitCondition.NONE : body.condition();
    return calls.act(
        Permission.CLASSIFY,
        id,
        key,
        body,
        found -> splitting.split(found, condition, body.reason()));
  }

  @PostMapping("/api/v1/exceptions/{id}/put-back")
  @Operation(
      summary = "Put an exception back into the one that it was split off",
      description = "That is a merge, and can be taken apart again.")
  @ApiResponse(responseCode = "200", description = "How it is put together now")
  @ApiResponse(responseCode = "400", description = "It was not split off, or one recovers")
  @ApiResponse(responseCode = "404", description = "There is no such exception")
  @ApiResponse(responseCode = "409", description = "The key stands for another request")
  ResponseEntity<?> putBack(
      @PathVariable String id,
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody TakeApartBody body) {
    return calls.act(
        Permission.CLASSIFY, id, key, body, found -> merging.putBack(found, body.reason()));
  }

  private RegroupedView view(ExceptionGroup exception) {
    Fingerprint id = new Fingerprint(exception.fingerprint());
    Grouping grouping = regrouping.current();
    return new RegroupedView(
        id.value(),
        exception.status(),
        grouping.mergeOf(id).map(MergeView::of).orElse(null),
        grouping.mergesIn(id).stream().map(MergeView::of).toList(),
        grouping.splitOf(id).map(SplitView::of).orElse(null),
        grouping.splitsOf(id).stream().map(SplitView::of).toList());
  }

  private static TriageAnswer none(String id) {
    return new TriageAnswer.Invalid("There is no exception " + id);
  }
}
