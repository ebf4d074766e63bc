package io.tillpost.console;

import java.net.URI;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys under {@code tillpost.console}.
 *
 * @param zone the zone in which times are shown where no store's zone applies; the machine's own if
 *     absent
 * @param url the address of the console as people reach it, for links in mails
 */
@ConfigurationProperties(value = "tillpost.console", ignoreUnknownFields = false)
public record ConsoleProperties(
    @Nullable ZoneId zone, @DefaultValue("http://localhost:8080") URI url) {}
