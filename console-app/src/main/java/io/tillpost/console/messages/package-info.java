/** One message's whole story, and the search for messages. */
@NullMarked
package io.tillpost.console.messages;

import org.jspecify.annotations.NullMarked;
