/** What people do: retry, replay, discard, approve, pause and settle. */
@NullMarked
package io.tillpost.console.recovery.act;

import org.jspecify.annotations.NullMarked;
