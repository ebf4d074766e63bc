/** Which Elasticsearch is used: a cluster, or a node of our own as a child process. */
@NullMarked
package io.tillpost.console.storage;

import org.jspecify.annotations.NullMarked;
