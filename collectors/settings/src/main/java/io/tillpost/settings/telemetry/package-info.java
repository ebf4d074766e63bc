/**
 * Where Tillpost's own spans go, from any of its processes, without ingest hearing its own voice.
 */
@NullMarked
package io.tillpost.settings.telemetry;

import org.jspecify.annotations.NullMarked;
