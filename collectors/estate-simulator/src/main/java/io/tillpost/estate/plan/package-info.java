/** Who trades where and when: stores, their registers and hours, and the customers who arrive. */
@NullMarked
package io.tillpost.estate.plan;

import org.jspecify.annotations.NullMarked;
