/** Message events: their rules, whatever protocol they come by, and their CloudEvents receiver. */
@NullMarked
package io.tillpost.ingest.status;

import org.jspecify.annotations.NullMarked;
