/** How ingest is doing: lag, backlog, and what was parked. */
@NullMarked
package io.tillpost.console.ingest;

import org.jspecify.annotations.NullMarked;
