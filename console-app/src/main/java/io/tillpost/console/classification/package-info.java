/** The rules by which failures get their class, as people write and keep them. */
@NullMarked
package io.tillpost.console.classification;

import org.jspecify.annotations.NullMarked;
