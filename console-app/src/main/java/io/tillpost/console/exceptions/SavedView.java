package io.tillpost.console.exceptions;

import java.time.Instant;

/**
 * A filter that somebody keeps under a name.
 *
 * @param id opaque
 * @param name 1 to 60 characters
 * @param owner the user name of who keeps it
 * @param shared whether everybody sees it; only the owner changes it
 * @param query the filter as it stands in the address, without a question mark
 * @param savedAt when
 */
public record SavedView(
    String id, String name, String owner, boolean shared, String query, Instant savedAt) {}
