package io.tillpost.console;

import java.net.URI;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys under {@code tillpost.console}.
 *
 * @param zone the zone in which times are shown where no store's zone applies; the machine's own if
 *     absent
 * @param url where browsers reach the console, for links in mail; this machine if absent
 */
@ConfigurationProperties(value = "tillpost.console", ignoreUnknownFields = false)
public record ConsoleProperties(@Nullable ZoneId zone, @Nullable URI url) {}
