package io.tillpost.console.recovery.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.console.recovery.target.FreezeAnswer;
import io.tillpost.console.recovery.target.FreezeWish;
import io.tillpost.console.recovery.target.TargetClosed;
import io.tillpost.console.recovery.target.TargetStanding;
import io.tillpost.console.recovery.target.Targets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Targets and their freezes over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Targets", description = "Whether messages go to a target now, and freezes by hand")
@ApiResponse(responseCode = "403", description = "Not allowed")
class TargetsApi {
  private static final String ALL = "/api/v1/targets";
  private static final String ONE = ALL + "/{name}";
  private static final String KEY = "The same for every repeat of one request";
  private static final String FREEZE =
      "It holds for all consoles within about two seconds; what is on its way is followed, and"
          + " operations go on by themselves afterwards. It takes the place of an earlier"
          + " freeze. The same Idempotency-Key is the same freeze: it does not freeze anew"
          + " what was lifted meanwhile.";
  private static final String LIFT =
      "Operations go on by themselves. What the configuration closes stays closed. Where it is"
          + " not frozen by hand, nothing changes.";

  private final Targets targets;

  TargetsApi(Targets targets) {
    this.targets = targets;
  }

  /**
   * A target.
   *
   * @param name of the target; - for messages that name none
   * @param open whether messages go to it now
   * @param closed why not, what ends last first
   * @param ratePerSecond messages a second at most, all operations together
   * @param concurrency requests at the same time at most
   * @param waiting running operations with messages that are still to be sent to it
   * @param version names the freeze by hand, to be given when it is replaced or lifted
   */
  record TargetView(
      String name,
      boolean open,
      List<TargetClosed> closed,
      double ratePerSecond,
      int concurrency,
      List<TargetStanding.Waiting> waiting,
      String version) {
    static TargetView of(TargetStanding target) {
      return new TargetView(
          target.name(),
          target.closings().isEmpty(),
          target.closings(),
          target.rate(),
          target.concurrency(),
          target.waiting(),
          target.version());
    }
  }

  /**
   * How a target is to be frozen.
   *
   * @param reason 3 to 500 characters
   * @param until when it ends by itself, at most a year ahead; until somebody lifts it if absent
   * @param version of the target as it was seen; it is frozen whatever was there if absent
   */
  record FreezeBody(@Nullable String reason, @Nullable Instant until, @Nullable String version) {
    FreezeWish wish(@Nullable String key) {
      return new FreezeWish(Objects.requireNonNullElse(reason, ""), until, version, key);
    }
  }

  /**
   * Which target is to be frozen, and how.
   *
   * @param name of the target, as it is listed
   * @param reason 3 to 500 characters
   * @param until when it ends by itself, at most a year ahead; until somebody lifts it if absent
   * @param version of the target as it was seen; it is frozen whatever was there if absent
   */
  record NamedFreezeBody(
      @Nullable String name,
      @Nullable String reason,
      @Nullable Instant until,
      @Nullable String version) {}

  /**
   * How a freeze is to be lifted.
   *
   * @param reason up to 500 characters, or absent
   * @param version of the target as it was seen; whichever freeze is there if absent
   */
  record LiftBody(@Nullable String reason, @Nullable String version) {}

  /**
   * Of which target a freeze is to be lifted, and how.
   *
   * @param name of the target, as it is listed
   * @param reason up to 500 characters, or absent
   * @param version of the target as it was seen; whichever freeze is there if absent
   */
  record NamedLiftBody(@Nullable String name, @Nullable String reason, @Nullable String version) {}

  @GetMapping(ALL)
  @Operation(
      summary = "All targets: whether messages go to them now, how gently, and what waits",
      description =
          "Those that are configured, to which messages have failed, that an operation of the last"
              + " seven days is about, or that somebody froze; by name.")
  ResponseEntity<List<TargetView>> all() {
    return ResponseEntity.ok()
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(targets.all().stream().map(TargetView::of).toList());
  }

  @PostMapping(ONE + "/freeze")
  @Operation(
      summary = "Send nothing more to a target, whoever asks for it",
      description =
          FREEZE + " A name with a slash does not fit into the path: see the call without.")
  @ApiResponse(responseCode = "200", description = "It is frozen; the target as it is now")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such target; the detail says more")
  @ApiResponse(responseCode = "409", description = "Somebody was quicker; the detail says more")
  ResponseEntity<?> freeze(
      @PathVariable String name,
      @RequestBody FreezeBody body,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key) {
    return answer(targets.freeze(name, body.wish(key)));
  }

  @PostMapping(ALL + "/freeze")
  @Operation(
      summary = "Send nothing more to the target that the body names, whatever is in its name",
      description = FREEZE)
  @ApiResponse(responseCode = "200", description = "It is frozen; the target as it is now")
  @ApiResponse(responseCode = "400", description = "The request is not right, or names no target")
  @ApiResponse(responseCode = "404", description = "There is no such target; the detail says more")
  @ApiResponse(responseCode = "409", description = "Somebody was quicker; the detail says more")
  ResponseEntity<?> freezeNamed(
      @RequestBody NamedFreezeBody body,
      @Parameter(description = KEY) @RequestHeader(name = "Idempotency-Key", required = false)
          @Nullable String key) {
    return answer(
        targets.freeze(
            named(body.name()),
            new FreezeBody(body.reason(), body.until(), body.version()).wish(key)));
  }

  @PostMapping(ONE + "/lift")
  @Operation(
      summary = "Lift a freeze by hand",
      description = LIFT + " A name with a slash does not fit into the path: see the call without.")
  @ApiResponse(responseCode = "200", description = "It is not frozen by hand; the target as it is")
  @ApiResponse(responseCode = "400", description = "The request is not right")
  @ApiResponse(responseCode = "404", description = "There is no such target; the detail says more")
  @ApiResponse(responseCode = "409", description = "Somebody was quicker; the detail says more")
  ResponseEntity<?> lift(
      @PathVariable String name, @RequestBody(required = false) @Nullable LiftBody body) {
    return answer(
        targets.lift(
            name, body == null ? null : body.reason(), body == null ? null : body.version()));
  }

  @PostMapping(ALL + "/lift")
  @Operation(
      summary = "Lift a freeze by hand of the target that the body names",
      description = LIFT)
  @ApiResponse(responseCode = "200", description = "It is not frozen by hand; the target as it is")
  @ApiResponse(responseCode = "400", description = "The request is not right, or names no target")
  @ApiResponse(responseCode = "404", description = "There is no such target; the detail says more")
  @ApiResponse(responseCode = "409", description = "Somebody was quicker; the detail says more")
  ResponseEntity<?> liftNamed(@RequestBody NamedLiftBody body) {
    return answer(targets.lift(named(body.name()), body.reason(), body.version()));
  }

  private static String named(@Nullable String name) {
    return Objects.requireNonNullElse(name, "");
  }

  private static ResponseEntity<?> answer(FreezeAnswer answer) {
    return switch (answer) {
      case FreezeAnswer.Done d -> ResponseEntity.ok(TargetView.of(d.target()));
      case FreezeAnswer.NotFound n -> Problems.of(HttpStatus.NOT_FOUND, n.reason());
      case FreezeAnswer.Forbidden f -> Problems.of(HttpStatus.FORBIDDEN, f.reason());
      case FreezeAnswer.Refused r -> Problems.of(HttpStatus.CONFLICT, r.reason());
      case FreezeAnswer.Invalid i -> Problems.of(HttpStatus.BAD_REQUEST, i.reason());
    };
  }
}
