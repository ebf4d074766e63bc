/** Scripted, seeded trouble. */
@NullMarked
package io.tillpost.estate.trouble;

import org.jspecify.annotations.NullMarked;
