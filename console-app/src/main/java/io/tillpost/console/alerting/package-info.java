/** Alerts in the console: what fires, what was mailed, by which rules. */
@NullMarked
package io.tillpost.console.alerting;

import org.jspecify.annotations.NullMarked;
