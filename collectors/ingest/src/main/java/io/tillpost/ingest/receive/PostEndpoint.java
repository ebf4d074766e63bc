package io.tillpost.ingest.receive;

import com.linecorp.armeria.common.HttpHeaders;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What one HTTP endpoint reads, and how it answers. */
public interface PostEndpoint {
  /** Whether it reads bodies of this type; null where the request names none. */
  boolean reads(@Nullable MediaType type);

  /** The types it reads, for a sender that used another one. */
  String readableTypes();

  /**
   * Decodes a body and makes it durable; runs on a decoder's thread.
   *
   * @param type one that it reads
   * @param body decompressed, within the limit of size
   */
  CompletionStage<HttpResponse> receive(Sender sender, MediaType type, byte[] body);

  /**
   * An answer that says what is wrong.
   *
   * @param type of the request's body, or null
   * @param headers to be added
   */
  HttpResponse problem(
      @Nullable MediaType type, HttpStatus status, String detail, HttpHeaders headers);

  /** An answer that says when to come back. */
  default HttpResponse turnedAway(@Nullable MediaType type, Taken.TurnedAway away) {
    long seconds = Math.max(1, away.retryAfter().plusMillis(999).toSeconds());
    return problem(
        type,
        away.full() ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.SERVICE_UNAVAILABLE,
        away.reason(),
        HttpHeaders.of("retry-after", seconds));
  }
}
