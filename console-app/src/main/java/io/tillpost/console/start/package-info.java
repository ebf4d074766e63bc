/** What can be wrong at the start, said in one sentence. */
@NullMarked
package io.tillpost.console.start;

import org.jspecify.annotations.NullMarked;
