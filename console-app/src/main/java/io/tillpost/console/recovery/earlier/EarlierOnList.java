package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.UnderWay;
import io.tillpost.message.Message;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.EarlierFailed;
import io.tillpost.recovery.EarlierPassed;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it, while a list is frozen, that no message goes before an earlier one about the same
 * business object that has failed and stays behind. One that is in another operation that is under
 * way does not stay behind: it is waited for.
 */
public final class EarlierOnList {
  /** Of one object so many are known by name. */
  static final int NAMED = 20;

  private static final int COUNTED = 100;

  /** So many are named for each message, and so many counted. */
  public static final EarlierMessages.Bound BOUND = EarlierMessages.Bound.ofEach(NAMED, COUNTED);

  private static final int EXAMPLES = 5;
  private static final int MOST_TOLD = 100_000;

  private final EarlierMessages messages;
  private final RecoveryRecords records;
  private final Superseding superseding;
  private final RecoveryAction action;
  private final EarlierWish wish;

  /**
   * Failed messages that stay behind, by what they are about: of the part that was looked up last.
   */
  private final Map<String, EarlierOnes> behind = new HashMap<>();

  /** The ids of those of the list that go, by what they are about. */
  private final Map<String, List<String>> going = new HashMap<>();

  private final Set<String> ahead = new LinkedHashSet<>();

  /** How many others there are, by what they are about. */
  private final Map<String, Integer> unnamed = new HashMap<>();

  private int held;

  public EarlierOnList(
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
   * Looks for earlier messages of a part of the list, with one search for many. Of what was found
   * for the part before nothing is kept.
   *
   * @param part the oldest first; parts come in the order of the list
   */
  public void lookUp(Collection<Message> part) {
    behind.clear();
    if (!action.onlyRecorded()) {
      behind.putAll(
          failedBefore(
              messages, records, part, object -> going.getOrDefault(object, List.of()), BOUND));
    }
  }

  /**
   * Failed messages before these that are in no operation that is under way, by object.
   *
   * @param others by object, the ids of messages that are not meant
   */
  public static Map<String, EarlierOnes> failedBefore(
      EarlierMessages messages,
      RecoveryRecords records,
      Collection<Message> later,
      Function<String, Collection<String>> others,
      EarlierMessages.Bound bound) {
    Map<String, EarlierOnes> found =
        messages.of(
            later.stream().flatMap(one -> EarlierMessages.Later.of(one).stream()).toList(),
            others,
            EarlierMessages.FAILED,
            bound);
    Set<String> ids =
        found.values().stream()
            .flatMap(ones -> ones.oldest().stream())
            .map(EarlierMessage::id)
            .collect(Collectors.toSet());
    Set<String> underWay = UnderWay.of(records, ids).keySet();
    found.replaceAll((_, ones) -> ones.without(underWay));
    found.values().removeIf(EarlierOnes::isNone);
    return found;
  }

  /**
   * The earlier messages that keep this one from going in its order; none if none does. The next
   * one is asked for only after this one.
   *
   * @param goes whether nothing else is against it
   * @param underWay whether another operation takes care of it
   */
  public EarlierOnes before(Message message, boolean goes, boolean underWay) {
    EarlierMessages.Later later = EarlierMessages.Later.of(message).orElse(null);
    if (later == null || action.onlyRecorded() || superseding.in(message.workflow())) {
      return EarlierOnes.NONE;
    }
    EarlierOnes stay = behind.getOrDefault(later.object(), EarlierOnes.NONE);
    EarlierOnes earlier = goes ? stay.before(later) : EarlierOnes.NONE;
    if (goes && (earlier.isNone() || wish.choice() == EarlierChoice.SEND_ANYWAY)) {
      going.computeIfAbsent(later.object(), _ -> new ArrayList<>(1)).add(later.messageId());
    } else if (!underWay && message.status().isFailed()) {
      behind.put(later.object(), stay.with(EarlierMessage.of(message), NAMED));
    }
    return earlier;
  }

  /** The item as it is with respect to earlier messages; see {@link #before}. */
  public RecoveryItem decide(RecoveryItem item, Message message, boolean underWay, Instant now) {
    boolean goes = item.state() == ItemState.PLANNED;
    EarlierOnes earlier = before(message, goes, underWay);
    if (earlier.isNone()) {
      return item;
    }
    held++;
    List<String> ids = earlier.oldest().stream().map(EarlierMessage::id).toList();
    if (wish.choice() == EarlierChoice.SEND_ANYWAY) {
      tell(ids, earlier.more(), Objects.requireNonNull(item.message().objectKey()));
      return item.passing(new EarlierPassed(ids, earlier.more()));
    }
    tell(ids.subList(0, 1), 0, "");
    String why = SkipReasons.behind(item.message().objectKey(), ids.getFirst());
    return item.after(new ItemEvent.Skipped(why), now).orElse(item);
  }

  /** For the preview, which says how many there are: of very many, at least. */
  private void tell(List<String> ids, int more, String object) {
    if (ahead.size() < MOST_TOLD) {
      ahead.addAll(ids);
      if (more > 0) {
        unnamed.merge(object, more, Math::max);
      }
    }
  }

  /**
   * What is said of it in the preview; null where there is nothing to say.
   *
   * @param added how many earlier ones were put on the list
   * @param reason of the request, for where the wish has none of its own
   */
  public @Nullable EarlierFailed told(int added, String reason) {
    if (held == 0 && added == 0) {
      return null;
    }
    String own = wish.reason();
    return new EarlierFailed(
        held,
        ahead.size() + unnamed.values().stream().mapToInt(Integer::intValue).sum(),
        ahead.stream().limit(EXAMPLES).toList(),
        added,
        wish.choice(),
        wish.choice() == EarlierChoice.SEND_ANYWAY ? (own == null ? reason : own) : null);
  }
}
