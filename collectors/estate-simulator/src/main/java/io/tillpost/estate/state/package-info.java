/** What survives a restart. */
@NullMarked
package io.tillpost.estate.state;

import org.jspecify.annotations.NullMarked;
