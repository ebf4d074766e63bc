package io.tillpost.frontend.timeline;

/**
 * Why an attempt ended.
 *
 * @param code of the system that refused; may be empty
 * @param text as it was reported; may be empty
 */
public record TimelineFailure(String code, String text) {}
