package io.tillpost.alerting.evaluate;

import java.time.Instant;

/**
 * Somebody has taken an alert.
 *
 * @param by the login name
 * @param at when
 * @param note may be empty
 */
public record Acknowledgement(String by, Instant at, String note) {}
