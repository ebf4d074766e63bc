/** Views of traces. */
@NullMarked
package io.tillpost.console.traces.ui;

import org.jspecify.annotations.NullMarked;
