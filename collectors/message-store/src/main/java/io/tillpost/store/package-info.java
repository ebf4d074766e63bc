/**
 * Ports: what the other modules may ask of storage. No type of a storage product stands in a
 * signature.
 */
@NullMarked
package io.tillpost.store;

import org.jspecify.annotations.NullMarked;
