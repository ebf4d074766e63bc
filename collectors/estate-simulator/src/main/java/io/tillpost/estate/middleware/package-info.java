/** The middleware: receives, maps, queues, submits, redelivers. */
@NullMarked
package io.tillpost.estate.middleware;

import org.jspecify.annotations.NullMarked;
