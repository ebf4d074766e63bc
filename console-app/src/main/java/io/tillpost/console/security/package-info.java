/** Who the operator is, what they may do, and how they log in. */
@NullMarked
package io.tillpost.console.security;

import org.jspecify.annotations.NullMarked;
