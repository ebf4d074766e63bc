package io.tillpost.console.senders;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.store.ConfiguredSenders;
import io.tillpost.store.IngestSender;
import io.tillpost.store.IngestSender.Bounds;
import io.tillpost.store.RefusalReason;
import io.tillpost.store.SenderKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Senders and their keys over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Senders", description = "Who may send, and how much")
@ApiResponse(responseCode = "400", description = "The request is not right")
@ApiResponse(responseCode = "403", description = "Not allowed")
@ApiResponse(responseCode = "404", description = "There is no such sender")
@ApiResponse(responseCode = "409", description = "It cannot be done as things are")
class SendersApi {
  private static final String ALL = "/api/v1/senders";
  private static final String ONE = ALL + "/{name}";

  private final SenderList list;
  private final Senders senders;
  private final SenderCertificates certificates;
  private final Clock clock;

  SendersApi(SenderList list, Senders senders, SenderCertificates certificates, Clock clock) {
    this.list = list;
    this.senders = senders;
    this.certificates = certificates;
    this.clock = clock;
  }

  /**
   * A key, never the key itself.
   *
   * @param lastUsedAt when it last opened, or null
   */
  record KeyView(
      String id,
      SenderKey.State state,
      Instant madeAt,
      String madeBy,
      @Nullable Instant validUntil,
      @Nullable Instant revokedAt,
      @Nullable Instant lastUsedAt) {}

  /**
   * A client certificate.
   *
   * @param certificate its name or fingerprint
   * @param lastUsedAt when it last opened, or null
   */
  record CertificateView(
      String id,
      String certificate,
      SenderKey.State state,
      Instant addedAt,
      String addedBy,
      @Nullable Instant validUntil,
      @Nullable Instant removedAt,
      @Nullable Instant lastUsedAt) {}

  /**
   * A sender.
   *
   * @param stores the only ones it may send for; none for all
   * @param refused how much was refused to it within the last day, by reason
   */
  record SenderView(
      String name,
      List<String> stores,
      @Nullable Long eventsPerSecond,
      @Nullable Long bytesPerSecond,
      List<KeyView> keys,
      List<CertificateView> certificates,
      Map<RefusalReason, Long> refused) {}

  /**
   * A new key.
   *
   * @param key is told here and never again
   */
  record MadeView(String key, SenderView sender) {
    @Override
    public String toString() {
      return "MadeView[" + sender.name() + "]";
    }
  }

  /** A sender to be made. */
  record SenderBody(
      @Nullable String name,
      @Nullable List<String> stores,
      @Nullable Long eventsPerSecond,
      @Nullable Long bytesPerSecond,
      @Nullable String reason) {
    Bounds bounds() {
      return new Bounds(stores == null ? List.of() : stores, eventsPerSecond, bytesPerSecond);
    }
  }

  /**
   * A key to be made.
   *
   * @param overlapHours how long the others go on; 24 if absent
   */
  record RotateBody(@Nullable Integer overlapHours, @Nullable String reason) {}

  /**
   * A certificate to be added.
   *
   * @param certificate a name in it, its SHA-256 fingerprint, or itself in PEM
   * @param overlapHours how long the one that it replaces goes on; 24 if absent
   */
  record CertificateBody(
      @Nullable String certificate, @Nullable Integer overlapHours, @Nullable String reason) {}

  /** Why. */
  record ReasonBody(@Nullable String reason) {}

  @GetMapping(ALL)
  @Operation(summary = "All senders that were made in the console, by name")
  List<SenderView> all() {
    return list.all().stream().map(this::view).toList();
  }

  /**
   * A sender that stands in the configuration of ingest.
   *
   * @param stores the only ones it may send for; none for all
   * @param keys how many keys it has
   * @param certificates names or fingerprints of its client certificates
   */
  record ConfiguredView(
      String name,
      List<String> stores,
      @Nullable Long eventsPerSecond,
      @Nullable Long bytesPerSecond,
      int keys,
      List<String> certificates) {
    static ConfiguredView of(ConfiguredSenders.One one) {
      return new ConfiguredView(
          one.name(),
          one.bounds().stores(),
          one.bounds().eventsPerSecond(),
          one.bounds().bytesPerSecond(),
          one.keys(),
          one.certificates());
    }
  }

  @GetMapping("/api/v1/configured-senders")
  @Operation(
      summary = "All senders that stand in the configuration of an ingest process that runs",
      description = "They are changed there, not here.")
  List<ConfiguredView> configured() {
    return list.configured().stream().map(ConfiguredView::of).toList();
  }

  @GetMapping(ONE)
  @Operation(summary = "One sender")
  ResponseEntity<?> one(@PathVariable String name) {
    return list.find(name)
        .<ResponseEntity<?>>map(found -> ResponseEntity.ok(view(found)))
        .orElseGet(() -> answer(new SenderAnswer.NotFound()));
  }

  @PostMapping(ALL)
  @Operation(
      summary = "Make a sender with its first key",
      description = "The key is in the answer and is never told again.")
  @ApiResponse(responseCode = "201", description = "It is made")
  ResponseEntity<?> make(@RequestBody SenderBody body) {
    return answer(senders.make(body.name(), body.bounds(), body.reason()));
  }

  @PutMapping(ONE + "/bounds")
  @Operation(summary = "Give a sender other stores and quotas")
  ResponseEntity<?> bound(@PathVariable String name, @RequestBody SenderBody body) {
    return answer(senders.bound(name, body.bounds(), body.reason()));
  }

  @PostMapping(ONE + "/rotate")
  @Operation(
      summary = "Make a new key for a sender",
      description = "The others end after the overlap. The key is never told again.")
  @ApiResponse(responseCode = "201", description = "It is made")
  ResponseEntity<?> rotate(@PathVariable String name, @RequestBody RotateBody body) {
    return answer(senders.rotate(name, overlap(body.overlapHours()), body.reason()));
  }

  private static Duration overlap(@Nullable Integer hours) {
    return hours == null ? Duration.ofDays(1) : Duration.ofHours(hours);
  }

  @PostMapping(ONE + "/keys/{keyId}/revoke")
  @Operation(summary = "Take a key of a sender back at once")
  ResponseEntity<?> revoke(
      @PathVariable String name, @PathVariable String keyId, @RequestBody ReasonBody body) {
    return answer(senders.revoke(name, keyId, body.reason()));
  }

  @PostMapping(ONE + "/certificates")
  @Operation(
      summary = "Add a client certificate of a sender",
      description = "By a name in it, its SHA-256 fingerprint, or itself in PEM.")
  ResponseEntity<?> addCertificate(@PathVariable String name, @RequestBody CertificateBody body) {
    return answer(certificates.add(name, body.certificate(), body.reason()));
  }

  @PostMapping(ONE + "/certificates/{certificateId}/replace")
  @Operation(
      summary = "Put a client certificate in the place of another",
      description = "The other ends after the overlap.")
  ResponseEntity<?> replaceCertificate(
      @PathVariable String name,
      @PathVariable String certificateId,
      @RequestBody CertificateBody body) {
    return answer(
        certificates.replace(
            name, certificateId, body.certificate(), overlap(body.overlapHours()), body.reason()));
  }

  @PostMapping(ONE + "/certificates/{certificateId}/remove")
  @Operation(summary = "Remove a client certificate of a sender at once")
  ResponseEntity<?> removeCertificate(
      @PathVariable String name, @PathVariable String certificateId, @RequestBody ReasonBody body) {
    return answer(certificates.remove(name, certificateId, body.reason()));
  }

  private ResponseEntity<?> answer(SenderAnswer answer) {
    return switch (answer) {
      case SenderAnswer.KeyMade(var sender, var key) ->
          ResponseEntity.status(HttpStatus.CREATED).body(new MadeView(key.text(), view(sender)));
      case SenderAnswer.Done(var sender) -> ResponseEntity.ok(view(sender));
      case SenderAnswer.NotFound() -> problem(HttpStatus.NOT_FOUND, "There is no such sender");
      case SenderAnswer.Refused(var reason) -> problem(HttpStatus.CONFLICT, reason);
      case SenderAnswer.Invalid(var reason) -> problem(HttpStatus.BAD_REQUEST, reason);
    };
  }

  private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(status, detail)).build();
  }

  private SenderView view(IngestSender sender) {
    return view(new SenderSummary(sender, Map.of(), List.of()));
  }

  private SenderView view(SenderSummary summary) {
    IngestSender sender = summary.sender();
    Instant now = clock.instant();
    EnumMap<RefusalReason, Long> refused = new EnumMap<>(RefusalReason.class);
    summary.refused().forEach(one -> refused.put(one.reason(), one.count()));
    return new SenderView(
        sender.name(),
        sender.bounds().stores(),
        sender.bounds().eventsPerSecond(),
        sender.bounds().bytesPerSecond(),
        sender.keys().stream()
            .map(
                key ->
                    new KeyView(
                        key.id(),
                        key.state(now),
                        key.madeAt(),
                        key.madeBy(),
                        key.validUntil(),
                        key.revokedAt(),
                        summary.lastUse().get(key.id())))
            .toList(),
        sender.certificates().stream()
            .map(
                each ->
                    new CertificateView(
                        each.id(),
                        each.mark(),
                        each.state(now),
                        each.addedAt(),
                        each.addedBy(),
                        each.validUntil(),
                        each.removedAt(),
                        summary.lastUse().get(each.id())))
            .toList(),
        refused);
  }
}
