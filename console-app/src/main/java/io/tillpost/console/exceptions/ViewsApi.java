package io.tillpost.console.exceptions;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.security.CurrentOperator;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Saved views of exceptions over HTTP, with the rights of the page. */
@RestController
@Tag(name = "Views", description = "Filters of exceptions that people keep, for themselves or all")
@ApiResponse(responseCode = "400", description = "The request is not right")
@ApiResponse(responseCode = "403", description = "It is kept by somebody else")
@ApiResponse(responseCode = "404", description = "There is no such view")
@ApiResponse(responseCode = "409", description = "It cannot be done as things are")
class ViewsApi {
  private static final String ALL = "/api/v1/views";
  private static final String ONE = ALL + "/{id}";

  private final SavedViews views;
  private final CurrentOperator operator;

  ViewsApi(SavedViews views, CurrentOperator operator) {
    this.views = views;
    this.operator = operator;
  }

  /**
   * A view.
   *
   * @param query the parameters of {@code GET /api/v1/exceptions}, as in an address
   * @param owner the user name of who keeps it
   * @param mine whether the caller does
   * @param fresh how many of its exceptions came into being since the caller looked at it on the
   *     page; null where it was not counted
   */
  record ViewView(
      String id,
      String name,
      String query,
      boolean shared,
      String owner,
      boolean mine,
      Instant savedAt,
      @Nullable Long fresh) {
    static ViewView of(SavedView view, boolean mine, @Nullable Long fresh) {
      return new ViewView(
          view.id(),
          view.name(),
          view.query(),
          view.shared(),
          view.owner(),
          mine,
          view.savedAt(),
          fresh);
    }
  }

  /**
   * A view to be kept.
   *
   * @param name 1 to 60 characters
   * @param query the parameters of {@code GET /api/v1/exceptions}; all exceptions if absent
   * @param shared whether everybody sees it; only the caller if absent
   */
  record ViewBody(@Nullable String name, @Nullable String query, @Nullable Boolean shared) {
    String named() {
      return name == null ? "" : name;
    }

    String filter() {
      return query == null ? "" : query;
    }

    boolean isShared() {
      return Boolean.TRUE.equals(shared);
    }
  }

  @GetMapping(ALL)
  @Operation(summary = "The caller's views and those that are shared, by name")
  @ApiResponse(responseCode = "200", description = "The views, with how much is new in each")
  List<ViewView> all() {
    return views.list().stream()
        .map(listed -> ViewView.of(listed.view(), listed.mine(), listed.fresh()))
        .toList();
  }

  @PostMapping(ALL)
  @Operation(
      summary = "Keep a view",
      description = "The same Idempotency-Key is the same view, also where it was changed since.")
  @ApiResponse(responseCode = "201", description = "It is kept; its address is in Location")
  ResponseEntity<?> create(
      @Parameter(description = TriageApi.KEY)
          @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key,
      @RequestBody ViewBody body) {
    return wrong(body)
        .orElseGet(
            () ->
                switch (views.create(body.named(), body.filter(), body.isShared(), key)) {
                  case SavedViews.Answer.Kept kept ->
                      ResponseEntity.created(URI.create(ALL + "/" + kept.view().id()))
                          .body(ViewView.of(kept.view(), true, null));
                  case SavedViews.Answer other -> answer(other);
                });
  }

  @PutMapping(ONE)
  @Operation(summary = "Replace a view of one's own", description = "Asked twice it is so once.")
  @ApiResponse(responseCode = "200", description = "As it is now")
  ResponseEntity<?> change(@PathVariable String id, @RequestBody ViewBody body) {
    return wrong(body)
        .orElseGet(() -> answer(views.change(id, body.named(), body.filter(), body.isShared())));
  }

  @DeleteMapping(ONE)
  @Operation(summary = "Take a view of one's own away", description = "Asked twice it is so once.")
  @ApiResponse(responseCode = "204", description = "It is not there any more")
  ResponseEntity<?> remove(@PathVariable String id) {
    return answer(views.remove(id));
  }

  /** Why the filter is none: a word that is not known would show more than was meant. */
  private Optional<ResponseEntity<?>> wrong(ViewBody body) {
    Map<String, List<String>> parameters;
    try {
      parameters = SavedViews.parameters(body.filter());
    } catch (IllegalArgumentException e) {
      return Optional.of(problem(HttpStatus.BAD_REQUEST, "query: this is not as in an address"));
    }
    if (parameters.isEmpty() && !body.filter().isBlank()) {
      return Optional.of(problem(HttpStatus.BAD_REQUEST, "query: this is not as in an address"));
    }
    Map<String, List<@Nullable String>> given = new HashMap<>();
    parameters.forEach((name, values) -> given.put(name, new ArrayList<>(values)));
    return ExceptionFilterParameters.objection(given)
        .or(
            () ->
                ExceptionFilterParameters.read(parameters, operator.get().id()).problems().stream()
                    .sorted()
                    .findFirst())
        .map(why -> problem(HttpStatus.BAD_REQUEST, "query: " + why));
  }

  private static ResponseEntity<?> answer(SavedViews.Answer answer) {
    return switch (answer) {
      case SavedViews.Answer.Kept kept -> ResponseEntity.ok(ViewView.of(kept.view(), true, null));
      case SavedViews.Answer.Removed _ -> ResponseEntity.noContent().build();
      case SavedViews.Answer.Invalid a -> problem(HttpStatus.BAD_REQUEST, a.reason());
      case SavedViews.Answer.NotFound a -> problem(HttpStatus.NOT_FOUND, a.reason());
      case SavedViews.Answer.Forbidden a -> problem(HttpStatus.FORBIDDEN, a.reason());
      case SavedViews.Answer.Conflict a -> problem(HttpStatus.CONFLICT, a.reason());
    };
  }

  private static ResponseEntity<?> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }
}
