/**
 * The list of an operation: what is chosen, what of it can be done, and how it is frozen before
 * anything is sent.
 */
@NullMarked
package io.tillpost.console.recovery.list;

import org.jspecify.annotations.NullMarked;
