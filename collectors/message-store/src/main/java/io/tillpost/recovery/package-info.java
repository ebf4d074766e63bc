/**
 * Recovery: operations over a frozen list of messages, what becomes of each, and the claims that
 * keep an attempt from being dispatched twice.
 */
@NullMarked
package io.tillpost.recovery;

import org.jspecify.annotations.NullMarked;
