/** The Elasticsearch adapter of the ports; one public builder. */
@NullMarked
package io.tillpost.store.elasticsearch;

import org.jspecify.annotations.NullMarked;
