package io.tillpost.console.security;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request over HTTP that was refused to who is logged in, because of roles or stores. It is told
 * to whoever listens.
 *
 * @param actor the user name
 * @param method like {@code POST}
 * @param pattern of the address, like {@code /api/v1/messages/{messageId}/retry}; null where the
 *     address is none of the API's
 * @param variables what stands in the address in the places of the pattern
 * @param why as a sentence
 */
public record RefusedRequest(
    String actor,
    String method,
    @Nullable String pattern,
    Map<String, String> variables,
    String why) {
  public RefusedRequest {
    variables = Map.copyOf(variables);
  }
}
