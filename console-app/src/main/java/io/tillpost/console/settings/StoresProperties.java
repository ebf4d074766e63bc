package io.tillpost.console.settings;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Keys under {@code tillpost.stores}.
 *
 * @param file the stores as CSV, see {@link io.tillpost.location.StoreCsv}; without it every store
 *     is unknown
 */
@ConfigurationProperties(value = "tillpost.stores", ignoreUnknownFields = false)
record StoresProperties(@Nullable Path file) {}
