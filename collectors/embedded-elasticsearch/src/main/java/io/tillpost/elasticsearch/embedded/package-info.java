/**
 * A real Elasticsearch node as a child process, for one machine and for tests. The server is put
 * together from Maven artifacts by this module's build; nothing is downloaded when it runs.
 * Decisions: {@code RATIONALE.md}.
 */
@NullMarked
package io.tillpost.elasticsearch.embedded;

import org.jspecify.annotations.NullMarked;
