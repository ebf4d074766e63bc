package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it, while a list is frozen, that no message goes before an earlier one about the same
 * business object that has failed and stays behind. One that is in another operation that is under
 * way does not stay behind: it is waited for.
 */
final class EarlierOnList {
  private static final int EXAMPLES = 5;

  private final EarlierMessages messages;
  private final RecoveryRecords records;
  private final Superseding superseding;
  private final RecoveryAction action;
  private final EarlierWish wish;

  /** Failed messages that stay behind, by what they are about, the oldest first. */
  private final Map<String, List<Message>> behind = new HashMap<>();

  /** The ids of those of the list that go. */
  private final Set<String> going = new HashSet<>();

  private final Set<String> ahead = new LinkedHashSet<>();
  private int held;

  EarlierOnList(
      EarlierMessages messages,
      RecoveryRecords records,
      Superseding superseding,
      RecoveryAction action,
      EarlierWish wish) {
    this.messages = messages;
    this.records = records;
    this.superseding = superseding;
    this.action = action;
    this.wish = wish;
  }

  /**
   * Looks for earlier messages of a part of the list, with one search for many.
   *
   * @param part the oldest first; parts come in the order of the list
   */
  void lookUp(Collection<Message> part) {
    if (action.onlyRecorded()) {
      return;
    }
    Map<String, List<Message>> found = failedBefore(messages, records, part);
    found.forEach(
        (object, earlier) -> {
          earlier.removeIf(one -> going.contains(one.id().value()));
          List<Message> known = behind.computeIfAbsent(object, _ -> new ArrayList<>());
          Set<String> ids = known.stream().map(one -> one.id().value()).collect(Collectors.toSet());
          earlier.stream().filter(one -> !ids.contains(one.id().value())).forEach(known::add);
        });
  }

  /** Failed messages before these that are in no operation that is under way, by object. */
  static Map<String, List<Message>> failedBefore(
      EarlierMessages messages, RecoveryRecords records, Collection<Message> later) {
    Map<String, List<Message>> found =
        messages.of(
            later.stream().flatMap(one -> EarlierMessages.Later.of(one).stream()).toList(),
            EarlierMessages.FAILED);
    Set<String> ids =
        found.values().stream()
            .flatMap(List::stream)
            .map(one -> one.id().value())
            .collect(Collectors.toSet());
    Set<String> underWay = UnderWay.of(records, ids).keySet();
    found.values().forEach(earlier -> earlier.removeIf(one -> underWay.contains(one.id().value())));
    return found;
  }

  /**
   * The earlier message that keeps this one from going in its order; empty if none does. The next
   * one is asked for only after this one.
   *
   * @param goes whether nothing else is against it
   * @param underWay whether another operation takes care of it
   */
  Optional<Message> before(Message message, boolean goes, boolean underWay) {
    String object = BusinessObject.of(message).orElse(null);
    if (object == null || action.onlyRecorded() || superseding.in(message.workflow())) {
      return Optional.empty();
    }
    EarlierMessages.Later later =
        new EarlierMessages.Later(
            message.id().value(), message.workflow(), object, message.capturedAt());
    Optional<Message> first =
        goes
            ? behind.getOrDefault(object, List.of()).stream().filter(later::isAfter).findFirst()
            : Optional.empty();
    if (goes && (first.isEmpty() || wish.choice() == EarlierChoice.SEND_ANYWAY)) {
      going.add(message.id().value());
    } else if (!underWay && message.status().isFailed()) {
      behind.computeIfAbsent(object, _ -> new ArrayList<>()).add(message);
    }
    return first;
  }

  /** The item as it is with respect to earlier messages; see {@link #before}. */
  RecoveryItem decide(RecoveryItem item, Message message, boolean underWay, Instant now) {
    boolean goes = item.state() == ItemState.PLANNED;
    Optional<Message> earlier = before(message, goes, underWay);
    if (earlier.isEmpty()) {
      return item;
    }
    held++;
    String id = earlier.get().id().value();
    ahead.add(id);
    if (wish.choice() == EarlierChoice.SEND_ANYWAY) {
      return item.aheadOf(id);
    }
    String why = SkipReasons.behind(item.message().objectKey(), id);
    return item.after(new ItemEvent.Skipped(why), now).orElse(item);
  }

  /**
   * What is said of it in the preview; null where there is nothing to say.
   *
   * @param added how many earlier ones were put on the list
   * @param reason of the request, for where the wish has none of its own
   */
  @Nullable EarlierFailed told(int added, String reason) {
    if (held == 0 && added == 0) {
      return null;
    }
    String own = wish.reason();
    return new EarlierFailed(
        held,
        ahead.size(),
        ahead.stream().limit(EXAMPLES).toList(),
        added,
        wish.choice(),
        wish.choice() == EarlierChoice.SEND_ANYWAY ? (own == null ? reason : own) : null);
  }
}
