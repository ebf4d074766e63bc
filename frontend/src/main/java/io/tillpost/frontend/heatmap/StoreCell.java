package io.tillpost.frontend.heatmap;

import io.tillpost.frontend.Severity;

/**
 * One store.
 *
 * @param storeId like {@code 0412}; each once
 * @param severity its worst impact
 * @param explanation the tooltip, in words: what is wrong and since when; line breaks are kept
 */
public record StoreCell(String storeId, Severity severity, String explanation) {}
