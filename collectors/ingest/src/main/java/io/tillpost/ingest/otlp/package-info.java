/** OTLP receivers, gRPC and HTTP, for traces and for message events as log records. */
@NullMarked
package io.tillpost.ingest.otlp;

import org.jspecify.annotations.NullMarked;
