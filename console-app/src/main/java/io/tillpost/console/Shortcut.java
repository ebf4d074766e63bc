package io.tillpost.console;

/**
 * A key of a feature for the keyboard help; a feature declares one bean for each.
 *
 * @param keys as printed on the keyboard, like {@code j, k}
 * @param where the view, like {@code Exceptions}
 * @param does what happens, like {@code next, previous row}
 */
public record Shortcut(String keys, String where, String does) {}
