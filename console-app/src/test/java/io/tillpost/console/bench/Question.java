package io.tillpost.console.bench;

import java.util.function.IntSupplier;

/**
 * Something that a page or the API asks.
 *
 * @param name in words
 * @param ask asks it and tells how much was answered: rows, tiles or messages
 */
record Question(String name, IntSupplier ask) {}
