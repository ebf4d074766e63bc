/** Alert rules as they are written in YAML: the model, and reading it with exact positions. */
@NullMarked
package io.tillpost.alerting.rule;

import org.jspecify.annotations.NullMarked;
