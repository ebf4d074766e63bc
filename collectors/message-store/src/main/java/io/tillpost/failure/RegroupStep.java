package io.tillpost.failure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a merge or a split means for one exception; told to it after the grouping has changed.
 *
 * @param exception which one
 * @param event what happens to it
 * @param at when
 * @param by the user name of who did it, or null where time did
 * @param what in words, as shown in its history
 * @param title what it is called, for one that has no title yet
 * @param part what is special about its messages, for one that was split off just now, else null
 * @param like the exception from which that one takes class, owner and assignee, else null
 * @param request the name of the request that asked for it, or null
 */
public record RegroupStep(
    Fingerprint exception,
    ExceptionEvent event,
    Instant at,
    @Nullable String by,
    String what,
    String title,
    @Nullable String part,
    @Nullable Fingerprint like,
    @Nullable String request) {}
