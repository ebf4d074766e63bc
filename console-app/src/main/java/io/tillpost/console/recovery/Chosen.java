package io.tillpost.console.recovery;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which messages an operation is asked for. What is on the list is frozen when it is planned. */
public sealed interface Chosen {
  /** One message, that a person has looked at by itself. */
  record One(MessageId id) implements Chosen {}

  /**
   * All messages that are failed in an exception now, as many as one operation takes, the oldest
   * first.
   */
  record OfException(Fingerprint fingerprint) implements Chosen {}

  /**
   * All messages that are failed in any of these exceptions now; none where one operation does not
   * take them all.
   *
   * @param fingerprints 1 to 2,000
   */
  record OfExceptions(List<Fingerprint> fingerprints) implements Chosen {
    public OfExceptions {
      fingerprints = fingerprints.stream().distinct().toList();
    }
  }

  /**
   * Messages of an exception whose automatic retry is due, as they were just read.
   *
   * @param messages by id, the oldest first
   */
  record DueOf(Fingerprint fingerprint, Map<String, Message> messages) implements Chosen {
    public DueOf {
      messages = Collections.unmodifiableMap(new LinkedHashMap<>(messages));
    }
  }

  /** Messages chosen one by one, 1 to 1,000. */
  record Several(List<MessageId> ids) implements Chosen {
    public Several {
      ids = List.copyOf(ids);
    }

    /** These messages. */
    public static Several of(Collection<MessageId> ids) {
      return new Several(List.copyOf(ids));
    }
  }

  /** All messages that match a filter now, as many as one operation takes, the oldest first. */
  record Matching(ListFilter filter) implements Chosen {}

  /** What an operation did not bring to its end: failed again, refused, rejected or left out. */
  record RestOf(String operationId) implements Chosen {}

  /** All that is on the list of an operation, to be planned anew. */
  record ListOf(String operationId) implements Chosen {}

  /**
   * The messages of an edit by rule whose rule is edited again: all of them where it never began,
   * else what did not get through.
   */
  record AgainOf(String operationId) implements Chosen {}

  /** What an operation discarded. */
  record DiscardedBy(String operationId) implements Chosen {}
}
