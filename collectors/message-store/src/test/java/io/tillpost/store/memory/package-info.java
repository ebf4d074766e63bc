/**
 * All ports in memory, with the same meaning as in Elasticsearch, for the tests of every module.
 */
@NullMarked
package io.tillpost.store.memory;

import org.jspecify.annotations.NullMarked;
