package io.tillpost.console.recovery;

import io.tillpost.failure.Fingerprint;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.RecoveryAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be planned.
 *
 * @param action what is to be done
 * @param chosen with which messages
 * @param request why, and whether it begins at once
 * @param contents what is sent for each message
 * @param channel the name of the channel; null for the one of the workflow
 * @param change what is changed in payloads, in words that differ where the change does; blank for
 *     nothing
 * @param rule the field that is set in all of them alike; null for none
 */
public record Wish(
    RecoveryAction action,
    Chosen chosen,
    RetryRequest request,
    Contents contents,
    @Nullable String channel,
    String change,
    @Nullable FieldRule rule) {
  /** The longest list of messages chosen one by one. */
  public static final int MOST_CHOSEN = 1_000;

  /** The most exceptions that one operation is planned over. */
  static final int MOST_EXCEPTIONS = 2_000;

  /** A wish that lets the middleware process what it has, through the channel of the workflow. */
  public Wish(RecoveryAction action, Chosen chosen, RetryRequest request) {
    this(action, chosen, request, Contents.AS_THEY_ARE, null, "", null);
  }

  /** Names all that is wished for: the same for every repeat, another one for another wish. */
  public String hash() {
    StringBuilder text = new StringBuilder();
    for (String part :
        List.of(
            action.name(),
            of(chosen),
            request.reason(),
            Boolean.toString(request.onlyPlan()),
            channel == null ? "" : channel,
            change)) {
      text.append(part.length()).append(':').append(part);
    }
    // Nothing where nothing is said: then it is the same wish as before this could be said.
    text.append(request.earlier().words());
    for (String said :
        List.of(
            request.inDoubt().words("also in doubt"),
            request.superseded().words("superseded too"))) {
      if (!said.isEmpty()) {
        text.append(' ').append(said.length()).append(':').append(said);
      }
    }
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  private static String of(Chosen chosen) {
    return switch (chosen) {
      case Chosen.One one -> "message " + one.id();
      case Chosen.OfException e -> "exception " + e.fingerprint();
      case Chosen.OfExceptions several ->
          several.fingerprints().stream()
              .map(Fingerprint::value)
              .sorted()
              .collect(Collectors.joining(",", "exceptions ", ""));
      case Chosen.DueOf due ->
          due.messages().keySet().stream()
              .map(id -> id.length() + ":" + id)
              .sorted()
              .collect(Collectors.joining(",", "due of exception " + due.fingerprint() + " ", ""));
      case Chosen.Several several ->
          several.ids().stream()
              .map(id -> id.value().length() + ":" + id)
              .distinct()
              .sorted()
              .collect(Collectors.joining(",", "messages ", ""));
      case Chosen.Matching matching -> "filter " + matching.filter().words();
      case Chosen.RestOf rest -> "rest of " + rest.operationId();
      case Chosen.ListOf list -> "list of " + list.operationId();
      case Chosen.AgainOf again -> "again of " + again.operationId();
      case Chosen.DiscardedBy discarded -> "discarded by " + discarded.operationId();
    };
  }

  /** What is wrong with it, as a sentence; empty if nothing is. */
  public Optional<String> fault() {
    return request
        .fault()
        .or(
            () ->
                switch (chosen) {
                  case Chosen.Several several
                      when several.ids().isEmpty() || several.ids().size() > MOST_CHOSEN ->
                      Optional.of("1 to %,d messages are needed".formatted(MOST_CHOSEN));
                  case Chosen.OfExceptions several
                      when several.fingerprints().isEmpty()
                          || several.fingerprints().size() > MOST_EXCEPTIONS ->
                      Optional.of(
                          "These are %,d exceptions: 1 to %,d at a time"
                              .formatted(several.fingerprints().size(), MOST_EXCEPTIONS));
                  case Chosen.Matching matching -> matching.filter().fault();
                  default -> Optional.empty();
                });
  }
}
