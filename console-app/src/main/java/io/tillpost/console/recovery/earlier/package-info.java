/**
 * Earlier messages of the same transaction or article, which go before a later one, and newer ones
 * that make an older one needless.
 */
@NullMarked
package io.tillpost.console.recovery.earlier;

import org.jspecify.annotations.NullMarked;
