/** The pages of senders. */
@NullMarked
package io.tillpost.console.senders.ui;

import org.jspecify.annotations.NullMarked;
