package io.tillpost.console.audit;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import io.tillpost.store.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The audit trail over HTTP, with the rights of the view. */
@RestController
@Tag(name = "Audit", description = "Who did what to what, when and why")
class AuditApi {
  private static final int MOST = 1_000;
  private static final String WORDS =
      "Words of the reason and of what changed: each of them, in any case of letters; four letters"
          + " are also the beginning of a word";

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

  /**
   * An entry with what became of its act.
   *
   * @param at when
   * @param who the user name
   * @param subjectKind kind of thing
   * @param subject which thing
   * @param before how it was, or null
   * @param after how it was to be, or null
   * @param reason in the words of who did it, or null
   * @param address from where, as the connection says; null where the console did it by itself
   * @param detail what became of it in words, or null
   * @param record its number in the chain; null where it is from before there was one
   * @param hash of that record
   */
  record EntryView(
      String id,
      Instant at,
      String who,
      AuditAction what,
      AuditSubject.Kind subjectKind,
      String subject,
      @Nullable String before,
      @Nullable String after,
      @Nullable String reason,
      @Nullable String address,
      AuditOutcome outcome,
      @Nullable String detail,
      @Nullable Long record,
      @Nullable String hash) {
    static EntryView of(AuditLine line) {
      AuditEntry e = line.entry();
      ChainLink link = e.link();
      return new EntryView(
          e.id(),
          e.at(),
          e.actor(),
          e.action(),
          e.subjectKind(),
          e.subjectId(),
          e.before(),
          e.after(),
          e.reason(),
          e.address(),
          line.outcome(),
          line.detail(),
          link == null ? null : link.sequence(),
          link == null ? null : link.hash());
    }
  }

  /**
   * A part of the entries.
   *
   * @param total how many match
   * @param next where the following part begins, to be given as {@code after}; null at the end
   * @param notSearchedYet where words are asked for, how many older entries are not searched by
   *     them yet; soon none, and null where no words are asked for
   */
  record EntryList(
      long total, List<EntryView> items, @Nullable String next, @Nullable Long notSearchedYet) {}

  @GetMapping("/api/v1/audit")
  @Operation(summary = "The audit entries that match, newest first")
  ResponseEntity<?> entries(
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable AuditAction what,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @Parameter(description = WORDS) @RequestParam(required = false) @Nullable String q,
      @RequestParam(defaultValue = "100") int size,
      @RequestParam(required = false) @Nullable String after) {
    if (size < 1 || size > MOST) {
      return problem("size is 1 to 1,000");
    }
    Optional<ResponseEntity<?>> wrong = objection(q);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    AuditQuery query = new AuditQuery(who, what, subject, from, to, q);
    Page<AuditLine> page = trail.find(query, size, after);
    return ResponseEntity.ok(
        new EntryList(
            page.total(),
            page.items().stream().map(EntryView::of).toList(),
            page.next(),
            query.text() == null ? null : trail.notFoundByWords()));
  }

  /** Passed over, such words would show and export more than was asked for. */
  private static Optional<ResponseEntity<?>> objection(@Nullable String words) {
    if (words == null || words.isBlank()) {
      return Optional.empty();
    }
    if (words.length() > AuditQuery.LONGEST_WORDS) {
      return Optional.of(
          problem("q: a search has up to %d characters".formatted(AuditQuery.LONGEST_WORDS)));
    }
    return AuditQuery.hasWords(words)
        ? Optional.empty()
        : Optional.of(problem("q: '" + words + "' has no word: no letter and no digit"));
  }

  private static ResponseEntity<?> problem(String detail) {
    return ResponseEntity.of(ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, detail))
        .build();
  }

  @GetMapping("/api/v1/audit.csv")
  @Operation(summary = "The audit entries that match, newest first, as CSV")
  @Nullable ResponseEntity<?> csv(
      @RequestParam(required = false) @Nullable String who,
      @RequestParam(required = false) @Nullable AuditAction what,
      @RequestParam(required = false) @Nullable String subject,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @Parameter(description = WORDS) @RequestParam(required = false) @Nullable String q,
      HttpServletResponse response)
      throws IOException {
    Optional<ResponseEntity<?>> wrong = objection(q);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    AuditQuery query = new AuditQuery(who, what, subject, from, to, q);
    // Asks for the right before the answer begins, so that a refusal is a problem and no torn file.
    trail.find(query, 1, null);
    response.setContentType("text/csv");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.csv\"");
    trail.export(query, response.getWriter());
    // The answer is written already.
    return null;
  }
}
