/** The same over HTTP, and how all of recovery is put together. */
@NullMarked
package io.tillpost.console.recovery.api;

import org.jspecify.annotations.NullMarked;
