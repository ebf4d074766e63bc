/** Why an attempt ended, and how like failures are recognised. */
@NullMarked
package io.tillpost.failure;

import org.jspecify.annotations.NullMarked;
