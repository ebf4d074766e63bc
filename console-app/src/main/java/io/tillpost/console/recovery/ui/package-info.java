/** Recovery on screen: retry, and what becomes of every operation. */
@NullMarked
package io.tillpost.console.recovery.ui;

import org.jspecify.annotations.NullMarked;
