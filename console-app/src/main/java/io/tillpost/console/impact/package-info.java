/** What stuck messages mean for the business: the tiles, the stores, and what changed lately. */
@NullMarked
package io.tillpost.console.impact;

import org.jspecify.annotations.NullMarked;
