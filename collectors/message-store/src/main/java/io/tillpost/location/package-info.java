/** Stores and regions of the estate. */
@NullMarked
package io.tillpost.location;

import org.jspecify.annotations.NullMarked;
