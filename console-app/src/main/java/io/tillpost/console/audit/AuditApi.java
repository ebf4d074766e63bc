package io.tillpost.console.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Audit", description = "Who did what to what, when and why")
class AuditApi {
  private final AuditTrail trail;

  AuditApi(AuditTrail trail) {
    this.trail = trail;
  }

  /**
   * What a look at the whole trail found.
   *
   * @param intact whether every record is there as it was written, in its order
   * @param words the same in one or two sentences
   * @param records how many are in the chain; null where it is broken
   * @param hash of the last record; null where it is broken
   * @param older records from before there was a chain, about which nothing is proven; null where
   *     it is broken
   * @param brokenAt number of the first record that is not as it was written; null where it is
   *     intact
   * @param brokenId id of that record, empty where there is none; null where it is intact
   */
  record Verification(
      boolean intact,
      String words,
      @Nullable Long records,
      @Nullable String hash,
      @Nullable Long older,
      @Nullable Long brokenAt,
      @Nullable String brokenId) {
    static Verification of(AuditVerdict verdict) {
      return switch (verdict) {
        case AuditVerdict.Intact i ->
            new Verification(true, i.words(), i.records(), i.hash(), i.older(), null, null);
        case AuditVerdict.Broken b ->
            new Verification(false, b.words(), null, null, null, b.sequence(), b.id());
      };
    }
  }

  @PostMapping("/api/v1/audit/verify")
  @Operation(
      summary = "Whether every record of the audit trail is there as it was written",
      description = "Walks the whole chain of hashes and names the first record that is not.")
  Verification verify() {
    return Verification.of(trail.verify());
  }

  @GetMapping("/api/v1/audit.csv")
  @Operation(summary = "The audit entries that match, newest first, as CSV")
  void csv(
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable AuditAction what,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      HttpServletResponse response)
      throws IOException {
    AuditQuery query = new AuditQuery(who, what, subject, from, to);
    // Asks for the right before the answer begins, so that a refusal is a problem and no torn file.
    trail.find(query, 1, null);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
    trail.export(query, response.getWriter());
  }
}
