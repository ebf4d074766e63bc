/** Counts what goes through ingest, and tells it. */
@NullMarked
package io.tillpost.ingest.progress;

import org.jspecify.annotations.NullMarked;
