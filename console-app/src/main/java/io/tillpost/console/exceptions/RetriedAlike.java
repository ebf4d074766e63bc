package io.tillpost.console.exceptions;

import io.tillpost.failure.FailureClass;
import java.time.Duration;

/**
 * What retries of like failures came to, of whichever exception.
 *
 * @param failureClass the class that counted when they were retried
 * @param target where the messages went
 * @param over how far back they are counted, from when they were planned
 */
public record RetriedAlike(
    FailureClass failureClass, String target, Duration over, Retried retried) {}
