/** Documents as JSON in bytes: written without a tree, a string or a copy where that can be. */
@NullMarked
package io.tillpost.store.json;

import org.jspecify.annotations.NullMarked;
