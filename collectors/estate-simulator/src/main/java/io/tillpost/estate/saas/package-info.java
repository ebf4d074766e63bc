/** The loyalty service with its limit of calls per minute. */
@NullMarked
package io.tillpost.estate.saas;

import org.jspecify.annotations.NullMarked;
