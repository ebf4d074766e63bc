/**
 * Operations as people see them: how far they are, what is on their lists, and how long they will
 * take.
 */
@NullMarked
package io.tillpost.console.recovery.operation;

import org.jspecify.annotations.NullMarked;
