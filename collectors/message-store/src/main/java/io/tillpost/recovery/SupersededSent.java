package io.tillpost.recovery;

import java.util.List;

/**
 * What a frozen list says of messages that a newer one about the same business object makes
 * needless and that go all the same, because somebody decided so.
 *
 * @param messages how many these are
 * @param newer the ids of some of the newer ones
 * @param reason why they go, in words
 */
public record SupersededSent(int messages, List<String> newer, String reason) {
  public SupersededSent {
    newer = List.copyOf(newer);
  }
}
