/** A server module that answers {@code GET /}; see {@code RATIONALE.md}. */
@NullMarked
package io.tillpost.elasticsearch.embedded.root;

import org.jspecify.annotations.NullMarked;
