package io.tillpost.estate.trouble;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tillpost.estate.message.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a system says when it refuses. Text and field hold variables in braces.
 *
 * @param code such as {@code ERP_UNAVAILABLE}
 * @param failureClass such as {@code TRANSIENT}; {@code class} in the script
 * @param httpStatus what its API answers, 0 where there is none
 * @param text the sentence
 * @param field the part of the payload it points at, or null
 */
public record FailureText(
    String code,
    @JsonProperty("class") String failureClass,
    int httpStatus,
    String text,
    @Nullable String field) {

  Failure with(Map<String, String> variables, String trouble) {
    String pointer = field == null ? null : fill(field, variables);
    return new Failure(code, fill(text, variables), pointer, failureClass, httpStatus, trouble);
  }

  private static String fill(String template, Map<String, String> variables) {
    String filled = template;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      filled = filled.replace("{" + variable.getKey() + "}", variable.getValue());
    }
    return filled;
  }
}
