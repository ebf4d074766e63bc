package io.tillpost.console.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys under {@code tillpost.security}.
 *
 * @param usersFile YAML file of the people who may log in; required
 * @param metricsToken a bearer token that may read {@code /actuator/prometheus}; without it only
 *     administrators may
 */
@ConfigurationProperties(value = "tillpost.security", ignoreUnknownFields = false)
public record SecurityProperties(@Nullable Path usersFile, @Nullable String metricsToken) {

  /** Without the token. */
  @Override
  public String toString() {
    return "SecurityProperties[usersFile="
        + usersFile
        + ", metricsToken="
        + (metricsToken == null ? "none" : "set")
        + "]";
  }
}
