/** Senders that are made in the console: taken into use here, and what they do told there. */
@NullMarked
package io.tillpost.ingest.senders;

import org.jspecify.annotations.NullMarked;
