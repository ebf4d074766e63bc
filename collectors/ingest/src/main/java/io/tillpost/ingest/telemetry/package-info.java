/** Where Tillpost's own spans go, without ingest hearing its own voice. */
@NullMarked
package io.tillpost.ingest.telemetry;

import org.jspecify.annotations.NullMarked;
