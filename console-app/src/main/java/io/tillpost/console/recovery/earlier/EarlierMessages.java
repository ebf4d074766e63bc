package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import io.tillpost.store.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds earlier messages about the same business objects, for many objects with one search. Where a
 * newer message makes older ones needless, no earlier one counts.
 */
public final class EarlierMessages {
  /** Messages that need somebody: nothing moves them unless they are recovered. */
  static final Set<MessageStatus> FAILED =
      Set.of(MessageStatus.FAILED, MessageStatus.DEAD_LETTERED);

  /** Messages that have failed, or may still do so. */
  public static final Set<MessageStatus> NOT_THROUGH =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(MessageStatus.CONFIRMED)));

  /** Each group is two conditions, and a node with little memory takes about a thousand. */
  private static final int GROUPS_AT_A_TIME = 250;

  private static final int OBJECTS_AT_A_TIME = 1_000;
  private static final int PAGE = 1_000;
  private static final int MOST_LEFT_OUT = 10_000;

  private final Messages messages;
  private final Superseding superseding;

  public EarlierMessages(Messages messages, Superseding superseding) {
    this.messages = messages;
    this.superseding = superseding;
  }

  /**
   * A message of which earlier ones are looked for.
   *
   * @param object names what it is about
   */
  public record Later(String messageId, String workflow, String object, Instant capturedAt) {
    /** Empty where nothing is known of what the message is about. */
    static Optional<Later> of(Message message) {
      return BusinessObject.of(message)
          .map(
              object ->
                  new Later(
                      message.id().value(), message.workflow(), object, message.capturedAt()));
    }

    /** Empty where nothing is known of what the message of the item is about. */
    public static Optional<Later> of(RecoveryItem item) {
      return Optional.ofNullable(item.message().objectKey())
          .map(
              object ->
                  new Later(
                      item.messageId(),
                      item.message().workflow(),
                      object,
                      item.message().capturedAt()));
    }

    /** Whether that one was captured before it; ties are broken by id. */
    boolean isAfter(EarlierMessage other) {
      return EarlierMessage.ORDER.compare(other, new EarlierMessage(messageId, capturedAt)) < 0;
    }
  }

  /**
   * How much is looked for, so that what is found fits into memory.
   *
   * @param named of one object so many are known by name
   * @param counted of one object so many are looked for
   * @param inAll no further ones are looked for where at least so many are known by name
   */
  public record Bound(int named, int counted, int inAll) {
    /** So many of one object, the others by number; of all objects that are asked for. */
    public static Bound ofEach(int named, int counted) {
      return new Bound(named, counted, Integer.MAX_VALUE);
    }
  }

  /**
   * Those that were captured earlier than any of these about the same object, as search shows them.
   *
   * @param later none of them is found itself
   * @param others by object, the ids of messages that are not meant either
   * @param statuses how those stand that are meant
   * @return by object; objects without any are left out. Where the bound of all was reached, {@code
   *     more} is at least one for each object that may have further ones
   */
  public Map<String, EarlierOnes> of(
      Collection<Later> later,
      Function<String, Collection<String>> others,
      Set<MessageStatus> statuses,
      Bound bound) {
    Map<String, SoughtObject> sought = new LinkedHashMap<>();
    for (Later one : later) {
      if (!superseding.in(one.workflow())) {
        BusinessObject.words(one.object())
            .ifPresent(
                words ->
                    sought
                        .computeIfAbsent(
                            one.object(), object -> new SoughtObject(words, one, others))
                        .with(one));
      }
    }
    ObjectWords how = ObjectWords.fewest(words(sought.values()));
    int named = 0;
    for (List<SoughtObject> part :
        how.parts(sought.values(), SoughtObject::words, OBJECTS_AT_A_TIME, GROUPS_AT_A_TIME)) {
      named += look(part, how, statuses, bound, bound.inAll() - named);
    }
    Map<String, EarlierOnes> found = new HashMap<>();
    sought.forEach((object, one) -> found.put(object, one.found()));
    found.values().removeIf(EarlierOnes::isNone);
    return found;
  }

  /** Reads on until enough is known of each object; returns how many are known by name. */
  private int look(
      List<SoughtObject> part,
      ObjectWords how,
      Set<MessageStatus> statuses,
      Bound bound,
      int most) {
    Map<String, SoughtObject> open = new HashMap<>();
    part.forEach(one -> open.put(one.latest().object(), one));
    String after = null;
    do {
      if (part.stream().mapToInt(SoughtObject::named).sum() >= most) {
        open.values().forEach(SoughtObject::leave);
        break;
      }
      Page<StoredMessage> page = messages.search(query(open.values(), how, statuses, after));
      for (StoredMessage hit : page.items()) {
        // A word is shared by more than is meant: by the same receipt of another workflow.
        BusinessObject.of(hit.message())
            .map(open::get)
            .ifPresent(one -> one.keep(EarlierMessage.of(hit.message()), bound));
      }
      after = page.next();
      if (after != null) {
        EarlierMessage last = EarlierMessage.of(page.items().getLast().message());
        open.values().removeIf(one -> one.isKnownAfter(last, bound));
      }
    } while (after != null && !open.isEmpty());
    return part.stream().mapToInt(SoughtObject::named).sum();
  }

  private static MessageQuery query(
      Collection<SoughtObject> open,
      ObjectWords how,
      Set<MessageStatus> statuses,
      @Nullable String after) {
    Instant last =
        open.stream().map(one -> one.latest().capturedAt()).max(Instant::compareTo).orElseThrow();
    return MessageQuery.ALL
        .withWorkflows(
            open.stream().map(one -> one.latest().workflow()).collect(Collectors.toSet()))
        .withStatuses(statuses)
        .withCaptured(null, last.plusMillis(1))
        .withSharing(
            new MessageQuery.Sharing(
                how.of(words(open)),
                open.stream()
                    .flatMap(SoughtObject::itself)
                    .limit(MOST_LEFT_OUT)
                    .collect(Collectors.toSet())))
        .withOrder(MessageQuery.Order.OLDEST_FIRST)
        .page(PAGE, after);
  }

  private static List<BusinessObject.Words> words(Collection<SoughtObject> sought) {
    return sought.stream().map(SoughtObject::words).toList();
  }

  /**
   * The oldest one before this that has failed, as search shows it, and is meant; looked for until
   * one is found, however many there are.
   */
  public Optional<EarlierMessage> failedBefore(Later later, Predicate<Message> meant) {
    Optional<BusinessObject.Words> words = BusinessObject.words(later.object());
    if (words.isEmpty() || superseding.in(later.workflow())) {
      return Optional.empty();
    }
    SoughtObject one = new SoughtObject(words.get(), later, _ -> List.of());
    List<EarlierMessage> found = new ArrayList<>();
    messages.searchAll(
        query(List.of(one), ObjectWords.fewest(List.of(words.get())), FAILED, null),
        hits -> {
          hits.stream()
              .map(StoredMessage::message)
              .filter(hit -> BusinessObject.of(hit).equals(Optional.of(later.object())))
              .filter(hit -> later.isAfter(EarlierMessage.of(hit)))
              .filter(meant)
              .limit(1)
              .forEach(hit -> found.add(EarlierMessage.of(hit)));
          return found.isEmpty();
        });
    return found.stream().findFirst();
  }

  /** These messages, as they are now; those that are stored no longer are left out. */
  public List<Message> read(List<EarlierMessage> ones) {
    List<Message> all = new ArrayList<>();
    for (int from = 0; from < ones.size(); from += PAGE) {
      Map<MessageId, Instant> part = new LinkedHashMap<>();
      ones.subList(from, Math.min(ones.size(), from + PAGE))
          .forEach(one -> part.put(new MessageId(one.id()), one.capturedAt()));
      Map<MessageId, StoredMessage> found = messages.findAll(part);
      part.keySet().stream()
          .flatMap(id -> Stream.ofNullable(found.get(id)))
          .forEach(stored -> all.add(stored.message()));
    }
    return all;
  }
}
