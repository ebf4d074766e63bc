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
