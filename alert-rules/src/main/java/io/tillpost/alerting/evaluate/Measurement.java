package io.tillpost.alerting.evaluate;

/**
 * What was measured for one group of a rule.
 *
 * @param group names it for ever: a region, a workflow's name, a called system, or empty
 * @param title as shown
 */
record Measurement(String group, String title, Reading reading) {}
