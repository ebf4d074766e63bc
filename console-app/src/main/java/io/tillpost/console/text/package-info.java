/** How money, ages and moments read on screen, in exports and in mail. */
@NullMarked
package io.tillpost.console.text;

import org.jspecify.annotations.NullMarked;
