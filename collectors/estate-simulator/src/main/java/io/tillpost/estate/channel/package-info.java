/** The recovery channel and the control endpoint. */
@NullMarked
package io.tillpost.estate.channel;

import org.jspecify.annotations.NullMarked;
