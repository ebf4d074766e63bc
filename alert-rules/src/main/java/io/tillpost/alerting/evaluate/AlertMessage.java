package io.tillpost.alerting.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * What an alert tells people, placeholders filled. Plain text, never markup.
 *
 * @param summary the numbers in one line
 * @param meaning may be empty
 * @param whatToDo may be empty
 * @param runbook an address that begins with http, or null
 */
public record AlertMessage(
    String summary, String meaning, String whatToDo, @Nullable String runbook) {}
