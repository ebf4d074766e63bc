/** Builders and helpers for the tests of every module. */
@NullMarked
package io.tillpost.testing;

import org.jspecify.annotations.NullMarked;
