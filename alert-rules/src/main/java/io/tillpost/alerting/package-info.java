/**
 * Alerts for on-call: what fires now, what was mailed, by which rules. The services here are all
 * that a user interface needs.
 */
@NullMarked
package io.tillpost.alerting;

import org.jspecify.annotations.NullMarked;
