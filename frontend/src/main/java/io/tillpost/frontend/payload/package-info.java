/** Documents shown as text. */
@NullMarked
package io.tillpost.frontend.payload;

import org.jspecify.annotations.NullMarked;
