package io.tillpost.alerting.rule;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a rule tells people. Texts may hold placeholders ({@link Placeholder}).
 *
 * @param summary the numbers in one line, for the subject of a mail
 * @param meaning what it means for the business; empty if not given
 * @param whatToDo what to do first; empty if not given
 * @param runbook where more is written, http or https; or null
 */
public record Annotations(String summary, String meaning, String whatToDo, @Nullable URI runbook) {}
