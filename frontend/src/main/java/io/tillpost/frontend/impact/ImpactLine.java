package io.tillpost.frontend.impact;

/**
 * One part of a tile's figure, like the exceptions of one owner.
 *
 * @param href relative to the application's root, to the list behind this part
 */
public record ImpactLine(String label, String value, String href) {}
