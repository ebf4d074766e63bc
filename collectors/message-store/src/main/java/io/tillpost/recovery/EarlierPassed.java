package io.tillpost.recovery;

import java.util.List;

/**
 * The earlier messages about the same business object that had failed when a list was frozen, and
 * before which an item goes because somebody decided so.
 *
 * @param messages the ids of the oldest of them, in their order; at least one
 * @param more how many others there were, at least; they are known by the time of their failure
 *     only
 */
public record EarlierPassed(List<String> messages, int more) {
  public EarlierPassed {
    messages = List.copyOf(messages);
  }
}
