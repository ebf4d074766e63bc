package io.tillpost.console.impact;

import java.time.Instant;

/**
 * Something that changed lately.
 *
 * @param text in words
 * @param better whether it is good news
 * @param href where to read on
 */
public record Change(Instant at, String text, boolean better, String href) {}
