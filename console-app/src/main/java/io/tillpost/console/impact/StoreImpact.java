package io.tillpost.console.impact;

import io.tillpost.message.MoneySum;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stuck at one store.
 *
 * @param messages how many need attention
 * @param atStore how many of them the middleware has not received
 * @param failed how many of them are failed or dead-lettered
 * @param oldestAt when the oldest was captured; null where nothing is stuck
 * @param byWorkflow how many by workflow title
 */
public record StoreImpact(
    String storeId,
    String name,
    String region,
    ImpactLevel level,
    long messages,
    long atStore,
    long failed,
    MoneySum money,
    @Nullable Instant oldestAt,
    SortedMap<String, Long> byWorkflow) {}
