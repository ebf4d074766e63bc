/** What leaves the process: CloudEvents over HTTP and spans over OTLP. */
@NullMarked
package io.tillpost.estate.wire;

import org.jspecify.annotations.NullMarked;
