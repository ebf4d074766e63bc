package io.tillpost.recovery;

import org.jspecify.annotations.Nullable;

/**
 * A field that an operation sets in the payloads of its list.
 *
 * @param field its path; {@code *} in place of a number stands for every number
 * @param where only where the field has this value; null for any
 * @param value the new value, as text
 */
public record FieldRule(String field, @Nullable String where, String value) {}
