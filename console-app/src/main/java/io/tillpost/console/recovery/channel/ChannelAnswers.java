package io.tillpost.console.recovery.channel;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the answer of a recovery channel as the wire contract says. */
final class ChannelAnswers {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int LONGEST_REASON = 500;
  private static final String UNREADABLE =
      "the channel answered in words that Tillpost does not know";
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private ChannelAnswers() {}

  /** What this answer means; {@code body} may be the beginning of it only. */
  static ChannelAnswer read(int status, HttpHeaders headers, byte[] body, Instant now) {
    if (status >= 200 && status < 300) {
      // The contract names 200 and 202; the others mean the same to every HTTP server.
      return new ChannelAnswer.Taken();
    }
    String reason = reason(status, headers, body);
    return switch (status) {
      case 409 -> new ChannelAnswer.AlreadyDone(reason);
      case 422 -> new ChannelAnswer.Refused(reason);
      case 429, 503 -> new ChannelAnswer.SlowDown(retryAfter(headers, now), reason);
      default ->
          status >= 500 ? new ChannelAnswer.Unknown(reason) : new ChannelAnswer.Rejected(reason);
    };
  }

  /** What this answer to a look-up means. Only what is said in so many words is known. */
  static LookedUp lookedUp(int status, byte[] body) {
    if (status != 200) {
      String words = status < 300 ? "not what was asked for" : words(status);
      return new LookedUp.NotKnown("the channel answered %d, %s".formatted(status, words));
    }
    try {
      JsonNode json = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      return switch (text(json, "state")) {
        case "POSTED" -> new LookedUp.Posted();
        case "PENDING" -> new LookedUp.Pending();
        case "ABSENT" -> new LookedUp.Absent();
        default -> new LookedUp.NotKnown(UNREADABLE);
      };
    } catch (JacksonException _) {
      // A body that is no JSON says nothing.
      return new LookedUp.NotKnown(UNREADABLE);
    }
  }

  private static String reason(int status, HttpHeaders headers, byte[] body) {
    String told =
        headers
            .firstValue("Content-Type")
            .filter(type -> type.contains("json"))
            .flatMap(_ -> problem(body))
            .orElse("");
    String said = told.isBlank() ? words(status) : told;
    String text = "The channel answered " + status + ": " + said;
    return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) : text;
  }

  /** Title and detail of RFC 9457 problem details. */
  private static Optional<String> problem(byte[] body) {
    try {
      JsonNode problem = JSON.readTree(new String(body, StandardCharsets.UTF_8));
      String detail = text(problem, "detail");
      return Optional.of(detail.isBlank() ? text(problem, "title") : detail);
    } catch (JacksonException _) {
      // A body that is not what it says it is leaves the status to speak for itself.
      return Optional.empty();
    }
  }

  private static String text(JsonNode problem, String member) {
    JsonNode value = problem.get(member);
    return value != null && value.isString()
        ? value.stringValue().replaceAll("\\p{Cntrl}+", " ").strip()
        : "";
  }

  private static String words(int status) {
    return switch (status) {
      case 400 -> "it does not understand the request";
      case 401, 403 -> "it does not let Tillpost in";
      case 404 -> "it does not know this message or address";
      case 409 -> "the target has it already";
      case 422 -> "it refuses the content";
      case 429 -> "too many requests";
      case 503 -> "not available for now";
      default -> status >= 500 ? "an error of its own" : "it will not take this request";
    };
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers, Instant now) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (value.isEmpty()) {
      return null;
    }
    Duration asked;
    try {
      asked =
          value.chars().allMatch(Character::isDigit)
              ? Duration.ofSeconds(Math.min(LONGEST_PAUSE.toSeconds(), Long.parseLong(value)))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException | NumberFormatException _) {
      // Said, but not in a form of RFC 9110: as if it had not been said.
      return null;
    }
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }
}
