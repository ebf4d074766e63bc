package io.tillpost.failure;

import java.time.Instant;

/**
 * What somebody wrote about an exception; never changed.
 *
 * @param at when
 * @param author the user name
 * @param text plain text, never blank
 */
public record TriageComment(Instant at, String author, String text) {}
