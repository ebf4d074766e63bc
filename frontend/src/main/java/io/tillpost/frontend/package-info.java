/**
 * The look of the console: {@link io.tillpost.frontend.TillpostTheme theme}, {@link
 * io.tillpost.frontend.Severity severities} and small parts. The bigger components have packages of
 * their own. Nothing here knows the domain: components take records defined beside them.
 */
@NullMarked
package io.tillpost.frontend;

import org.jspecify.annotations.NullMarked;
