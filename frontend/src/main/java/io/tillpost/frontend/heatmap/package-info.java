/** All stores at a glance. */
@NullMarked
package io.tillpost.frontend.heatmap;

import org.jspecify.annotations.NullMarked;
