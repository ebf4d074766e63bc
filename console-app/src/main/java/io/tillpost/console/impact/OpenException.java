package io.tillpost.console.impact;

import io.tillpost.failure.OwnerSide;
import io.tillpost.message.MoneySum;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the impact page needs to know of an exception with failed messages.
 *
 * @param id its fingerprint
 * @param title in plain language
 * @param owner who has to act
 * @param assignee the operator's id, or null for nobody
 * @param firstFailed when the first of its open messages failed
 */
record OpenException(
    String id,
    String title,
    OwnerSide owner,
    @Nullable String assignee,
    long messages,
    long stores,
    MoneySum money,
    Instant oldest,
    Instant firstFailed) {}
