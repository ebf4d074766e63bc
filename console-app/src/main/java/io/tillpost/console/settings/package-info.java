/**
 * What is configured about the estate: its workflows, APIs and stores, and where we keep our own
 * files.
 */
@NullMarked
package io.tillpost.console.settings;

import org.jspecify.annotations.NullMarked;
