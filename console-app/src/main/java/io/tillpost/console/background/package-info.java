/** Work of the console that nobody asks for, done again and again. */
@NullMarked
package io.tillpost.console.background;

import org.jspecify.annotations.NullMarked;
