/** {@code ./tillpost demo}: a whole estate on this machine, everything on loopback. */
@NullMarked
package io.tillpost.console.demo;

import org.jspecify.annotations.NullMarked;
