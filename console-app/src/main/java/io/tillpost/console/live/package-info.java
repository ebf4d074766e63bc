/** Views that move by themselves: shared queries, delivered to the pages that watch them. */
@NullMarked
package io.tillpost.console.live;

import org.jspecify.annotations.NullMarked;
