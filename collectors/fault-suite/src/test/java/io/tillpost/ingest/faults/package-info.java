/**
 * Breaks ingest from outside, as a whole process, and looks whether anything is lost or doubled.
 */
@NullMarked
package io.tillpost.ingest.faults;

import org.jspecify.annotations.NullMarked;
