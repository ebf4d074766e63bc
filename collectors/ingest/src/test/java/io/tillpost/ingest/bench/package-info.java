/** Benchmarks of ingest, started by {@code ./tillpost bench}; no tests. */
@NullMarked
package io.tillpost.ingest.bench;

import org.jspecify.annotations.NullMarked;
