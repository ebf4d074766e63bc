package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.console.recovery.earlier.EarlierMessages.Bound;
import io.tillpost.console.recovery.earlier.EarlierMessages.Later;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A business object of which earlier messages are looked for, and those found so far. */
final class SoughtObject {
  private final BusinessObject.Words words;
  private final Set<String> itself = new LinkedHashSet<>();
  private final Map<String, EarlierMessage> named = new LinkedHashMap<>();
  private Later latest;
  private int more;

  /**
   * @param first a message about it of which earlier ones are looked for
   * @param others the ids of messages about an object that are not meant
   */
  SoughtObject(
      BusinessObject.Words words, Later first, Function<String, Collection<String>> others) {
    this.words = words;
    this.latest = first;
    itself.addAll(others.apply(first.object()));
    with(first);
  }

  /** Earlier ones of this message are looked for too. */
  void with(Later another) {
    itself.add(another.messageId());
    latest = another.capturedAt().isAfter(latest.capturedAt()) ? another : latest;
  }

  BusinessObject.Words words() {
    return words;
  }

  /** The latest message of which earlier ones are looked for. */
  Later latest() {
    return latest;
  }

  /** The ids of messages that are not meant. */
  Stream<String> itself() {
    return itself.stream();
  }

  /** How many are known by name. */
  int named() {
    return named.size();
  }

  /** This one was found, perhaps too late or not meant; they come oldest first. */
  void keep(EarlierMessage one, Bound bound) {
    if (!latest.isAfter(one) || itself.contains(one.id()) || isEnough(bound)) {
      return;
    }
    if (named.size() < bound.named()) {
      named.put(one.id(), one);
    } else {
      more++;
    }
  }

  /** It is not looked further, and there may be more. */
  void leave() {
    more++;
  }

  /** Whether nothing is to be learned of it from what comes after that one. */
  boolean isKnownAfter(EarlierMessage last, Bound bound) {
    // Found in the order of whole milliseconds.
    return isEnough(bound) || last.capturedAt().isAfter(latest.capturedAt().plusMillis(1));
  }

  EarlierOnes found() {
    return new EarlierOnes(named.values().stream().sorted(EarlierMessage.ORDER).toList(), more);
  }

  private boolean isEnough(Bound bound) {
    return named.size() + more >= bound.counted();
  }
}
