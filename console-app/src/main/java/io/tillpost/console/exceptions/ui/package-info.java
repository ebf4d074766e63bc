/** Exceptions on screen: the inbox by impact, and one exception in full beside it. */
@NullMarked
package io.tillpost.console.exceptions.ui;

import org.jspecify.annotations.NullMarked;
