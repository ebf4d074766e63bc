package io.tillpost.console.classification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules as somebody saved them; never changed.
 *
 * @param number from 1, without gaps; 0 for the rules that come with Tillpost
 * @param text as written
 * @param author the user name
 * @param at when; null for the rules that come with Tillpost
 * @param reason why, in the author's words
 */
public record RuleVersion(
    int number, String text, String author, @Nullable Instant at, String reason) {}
