/**
 * The recovery channels of the middleware: what is sent to them, asked of them and answered by
 * them, as docs/wire-contracts.md has it; no faster than each can take it.
 */
@NullMarked
package io.tillpost.console.recovery.channel;

import org.jspecify.annotations.NullMarked;
