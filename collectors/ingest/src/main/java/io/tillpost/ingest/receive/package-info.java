/** What all receivers share: keys, limits of size and load, and the way into the ingest log. */
@NullMarked
package io.tillpost.ingest.receive;

import org.jspecify.annotations.NullMarked;
