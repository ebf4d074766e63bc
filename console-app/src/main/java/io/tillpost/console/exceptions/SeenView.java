package io.tillpost.console.exceptions;

import java.time.Instant;

/** When somebody last looked at a saved view. */
record SeenView(String viewId, String login, Instant at) {}
