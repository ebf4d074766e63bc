package io.tillpost.alerting.evaluate;

import io.tillpost.alerting.rule.Quantity;

/**
 * One comparison of a condition, in words, so that an alert explains itself.
 *
 * @param quantity what was compared
 * @param measured like {@code 34 min}; an en dash where there is nothing
 * @param wanted like {@code more than 15 min}
 * @param holds whether it is so
 */
public record Comparison(Quantity quantity, String measured, String wanted, boolean holds) {}
