package io.tillpost.console.exceptions;

import java.time.Instant;
import java.util.List;

/**
 * The exceptions that a request over several of them is about: a repeat is about the same ones,
 * whatever matches its filter then.
 *
 * @param request names the whole request
 * @param exceptions their fingerprints, in the order in which they are acted on
 * @param by the user name of who sent it
 * @param at when it came first
 */
record FrozenList(String request, List<String> exceptions, String by, Instant at) {
  FrozenList {
    exceptions = List.copyOf(exceptions);
  }
}
