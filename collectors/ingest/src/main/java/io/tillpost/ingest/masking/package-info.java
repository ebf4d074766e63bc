/** Takes card numbers out of everything that is kept. */
@NullMarked
package io.tillpost.ingest.masking;

import org.jspecify.annotations.NullMarked;
