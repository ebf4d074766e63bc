/**
 * Puts failed messages right through the recovery channels of the middleware, so that no attempt is
 * dispatched twice and none is called done before the target confirmed it. See
 * docs/recovery-design.md. Here is what all of it shares: its words, its settings, and the records
 * of what was done. The packages below use it, and each other in one direction only.
 */
@NullMarked
package io.tillpost.console.recovery;

import org.jspecify.annotations.NullMarked;
