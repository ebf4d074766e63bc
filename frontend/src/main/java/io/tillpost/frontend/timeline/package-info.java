/** The stages of one message, attempt by attempt. */
@NullMarked
package io.tillpost.frontend.timeline;

import org.jspecify.annotations.NullMarked;
