package io.tillpost.recovery;

import org.jspecify.annotations.Nullable;

/**
 * One field of a payload that was changed.
 *
 * @param path where it is, like {@code lines[2].taxCode}
 * @param before the value in the original, as text; null where the field was not there
 * @param after the value that is sent, as text; null where the field is taken out
 */
public record FieldChange(String path, @Nullable String before, @Nullable String after) {}
