/** The durable, ordered log between receivers and indexer. */
@NullMarked
package io.tillpost.ingest.log;

import org.jspecify.annotations.NullMarked;
