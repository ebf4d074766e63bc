/** Views of ingest. */
@NullMarked
package io.tillpost.console.ingest.ui;

import org.jspecify.annotations.NullMarked;
