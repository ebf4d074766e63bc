/** Tiles that say what is wrong in business words. */
@NullMarked
package io.tillpost.frontend.impact;

import org.jspecify.annotations.NullMarked;
