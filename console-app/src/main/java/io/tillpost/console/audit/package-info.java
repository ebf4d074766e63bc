/** Who did what to what, when and why; only ever added to. */
@NullMarked
package io.tillpost.console.audit;

import org.jspecify.annotations.NullMarked;
