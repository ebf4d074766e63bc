/**
 * Puts failed messages right through the recovery channels of the middleware, so that no attempt is
 * dispatched twice and none is called done before the target confirmed it. See
 * docs/recovery-design.md.
 */
@NullMarked
package io.tillpost.console.recovery;

import org.jspecify.annotations.NullMarked;
