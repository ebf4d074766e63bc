package io.tillpost.alerting.rule;

/**
 * A rule file as it was found.
 *
 * @param file as configured
 * @param text its whole text
 */
public record RuleSource(String file, String text) {}
