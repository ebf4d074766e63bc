/** The whole product as it is shipped, in processes of its own, through a real browser. */
@NullMarked
package io.tillpost.console.e2e;

import org.jspecify.annotations.NullMarked;
