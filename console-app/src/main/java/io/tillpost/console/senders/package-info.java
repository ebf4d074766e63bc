/** Stores and systems that may send to ingest, and their keys. */
@NullMarked
package io.tillpost.console.senders;

import org.jspecify.annotations.NullMarked;
