/** Running operations: which item is next, how it is sent and followed, and what becomes of it. */
@NullMarked
package io.tillpost.console.recovery.run;

import org.jspecify.annotations.NullMarked;
