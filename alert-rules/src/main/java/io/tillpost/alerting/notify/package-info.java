/** Tells on-call by mail: what is due, once each, kept as sent. */
@NullMarked
package io.tillpost.alerting.notify;

import org.jspecify.annotations.NullMarked;
