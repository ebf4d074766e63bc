/** Views of messages. */
@NullMarked
package io.tillpost.console.messages.ui;

import org.jspecify.annotations.NullMarked;
