/** Measures, compares, and moves alerts through their states. */
@NullMarked
package io.tillpost.alerting.evaluate;

import org.jspecify.annotations.NullMarked;
