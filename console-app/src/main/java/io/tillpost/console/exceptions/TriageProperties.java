package io.tillpost.console.exceptions;

import io.tillpost.failure.FailureClass;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.triage}.
 *
 * @param runbooks for a class the address of what to do about its failures, http or https
 * @param mentionMails when people are mailed that a comment names them
 */
@ConfigurationProperties(value = "tillpost.triage", ignoreUnknownFields = false)
public record TriageProperties(
    @DefaultValue Map<FailureClass, URI> runbooks, @DefaultValue MentionMailTiming mentionMails) {
  public TriageProperties {
    runbooks = Map.copyOf(runbooks);
    runbooks.forEach(
        (failureClass, address) -> {
          if (!"https".equalsIgnoreCase(address.getScheme())
              && !"http".equalsIgnoreCase(address.getScheme())) {
            throw new IllegalArgumentException(
                "The runbook of %s is no address of http or https: %s"
                    .formatted(failureClass, address));
          }
        });
  }

  /** What to do about failures of this class; empty where nobody wrote it down. */
  public Optional<String> runbook(FailureClass failureClass) {
    return Optional.ofNullable(runbooks.get(failureClass)).map(URI::toString);
  }
}
