/**
 * The language of messages: what a till, the middleware or a target reports, and the state that
 * follows from it.
 */
@NullMarked
package io.tillpost.message;

import org.jspecify.annotations.NullMarked;
