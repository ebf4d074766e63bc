/** A simulated retail estate: tills, middleware, ERP and SaaS that speak only public protocols. */
@NullMarked
package io.tillpost.estate;

import org.jspecify.annotations.NullMarked;
