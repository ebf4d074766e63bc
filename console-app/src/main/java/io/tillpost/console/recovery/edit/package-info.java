/**
 * Corrected contents: what may be changed in a payload, by hand or by a rule, and the differences
 * it makes.
 */
@NullMarked
package io.tillpost.console.recovery.edit;

import org.jspecify.annotations.NullMarked;
