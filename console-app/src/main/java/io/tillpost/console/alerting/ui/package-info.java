/** The page Alerts. */
@NullMarked
package io.tillpost.console.alerting.ui;

import org.jspecify.annotations.NullMarked;
