/** The whole product as it is shipped, in processes of its own, through a real browser. */
@NullMarked
package io.tillpost.console.acceptance;

import org.jspecify.annotations.NullMarked;
