package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds earlier messages about the same business objects, for many messages with one search. Where
 * a newer message makes older ones needless, no earlier one counts.
 */
final class EarlierMessages {
  /** Messages that need somebody: nothing moves them unless they are recovered. */
  static final Set<MessageStatus> FAILED =
      Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED);

  /** Messages that have failed, or may still do so. */
  static final Set<MessageStatus> NOT_THROUGH =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(MessageStatus.CONFIRMED)));

  private static final int AT_A_TIME = 1_000;
  private static final int PAGE = 1_000;

  private final Messages messages;
  private final Superseding superseding;

  EarlierMessages(Messages messages, Superseding superseding) {
    this.messages = messages;
    this.superseding = superseding;
  }

  /**
   * A message of which earlier ones are looked for.
   *
   * @param object names what it is about
   */
  record Later(String messageId, String workflow, String object, Instant capturedAt) {
    /** Empty where nothing is known of what the message is about. */
    static Optional<Later> of(Message message) {
      return BusinessObject.of(message)
          .map(
              object ->
                  new Later(
                      message.id().value(), message.workflow(), object, message.capturedAt()));
    }

    /** Whether that one was captured before it; ties are broken by id. */
    boolean isAfter(Message other) {
      int order = other.capturedAt().compareTo(capturedAt);
      return order < 0 || (order == 0 && other.id().value().compareTo(messageId) < 0);
    }
  }

  /**
   * Those that were captured earlier than any of these about the same object, as search shows them.
   *
   * @param later none of them is found itself
   * @param statuses how those stand that are meant
   * @return by object, the oldest first; objects without any are left out
   */
  Map<String, List<Message>> of(Collection<Later> later, Set<MessageStatus> statuses) {
    Map<String, List<Message>> found = new HashMap<>();
    List<Later> meant = later.stream().filter(one -> !superseding.in(one.workflow())).toList();
    for (int from = 0; from < meant.size(); from += AT_A_TIME) {
      List<Later> part = meant.subList(from, Math.min(meant.size(), from + AT_A_TIME));
      look(part, true, statuses, found);
      look(part, false, statuses, found);
    }
    return found;
  }

  private void look(
      List<Later> part,
      boolean transactions,
      Set<MessageStatus> statuses,
      Map<String, List<Message>> found) {
    Set<String> words = new HashSet<>();
    Set<String> places = new HashSet<>();
    Set<String> workflows = new HashSet<>();
    Map<String, Later> latest = new HashMap<>();
    boolean anywhere = transactions;
    for (Later one : part) {
      BusinessObject.Words how = BusinessObject.words(one.object()).orElse(null);
      if (how == null || how.transaction() != transactions) {
        continue;
      }
      words.add(how.word());
      workflows.add(one.workflow());
      latest.merge(one.object(), one, (a, b) -> a.capturedAt().isBefore(b.capturedAt()) ? b : a);
      if (how.place() == null) {
        anywhere = true;
      } else {
        places.add(how.place());
      }
    }
    if (words.isEmpty()) {
      return;
    }
    Set<String> ids = new LinkedHashSet<>();
    part.forEach(one -> ids.add(one.messageId()));
    Instant last =
        latest.values().stream().map(Later::capturedAt).max(Instant::compareTo).orElseThrow();
    MessageQuery query =
        MessageQuery.ALL
            .withWorkflows(workflows)
            .withStatuses(statuses)
            .withCaptured(null, last.plusMillis(1))
            .withSharing(
                new MessageQuery.Sharing(anywhere ? List.of(words) : List.of(words, places), ids))
            .withOrder(MessageQuery.Order.OLDEST_FIRST)
            .page(PAGE, null);
    messages.searchAll(
        query,
        hits -> {
          hits.forEach(hit -> keep(hit, latest, found));
          return true;
        });
  }

  private static void keep(
      StoredMessage hit, Map<String, Later> latest, Map<String, List<Message>> found) {
    Message message = hit.message();
    // A word is shared by more than is meant: by the same number of another day.
    BusinessObject.of(message)
        .filter(
            object -> {
              Later later = latest.get(object);
              return later != null && later.isAfter(message);
            })
        .ifPresent(object -> found.computeIfAbsent(object, _ -> new ArrayList<>()).add(message));
  }
}
