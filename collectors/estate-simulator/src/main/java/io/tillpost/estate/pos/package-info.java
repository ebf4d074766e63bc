/** The tills: transaction numbers, baskets and the payloads they write. */
@NullMarked
package io.tillpost.estate.pos;

import org.jspecify.annotations.NullMarked;
