/** Puts receivers, ingest log and indexer together as one Spring Boot part. */
@NullMarked
package io.tillpost.ingest;

import org.jspecify.annotations.NullMarked;
