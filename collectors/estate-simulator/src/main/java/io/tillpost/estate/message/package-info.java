/** The business documents on their way through the estate. */
@NullMarked
package io.tillpost.estate.message;

import org.jspecify.annotations.NullMarked;
