/** What is configured about the estate and read by more than one process, with its defaults. */
@NullMarked
package io.tillpost.settings;

import org.jspecify.annotations.NullMarked;
