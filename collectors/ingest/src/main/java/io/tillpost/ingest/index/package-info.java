/** Takes records from the ingest log to the message store, in order. */
@NullMarked
package io.tillpost.ingest.index;

import org.jspecify.annotations.NullMarked;
