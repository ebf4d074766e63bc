package io.tillpost.console.recovery.earlier;

import io.tillpost.console.recovery.BusinessObject;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Messages.StoredMessage;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Knows workflows in which a newer message makes older ones about the same business object
 * needless: who sends an old stock count after a newer one was posted makes the stock wrong.
 */
public final class Superseding {
  private static final int PAGE = 100;

  private final Messages messages;
  private final Set<String> workflows;

  public Superseding(Messages messages, Set<String> workflows) {
    this.messages = messages;
    this.workflows = workflows;
  }

  /** Whether newer messages of this workflow make older ones needless. */
  public boolean in(String workflow) {
    return workflows.contains(workflow);
  }

  /** The id of the newest of these messages about each business object, where that counts. */
  public Map<String, String> newestOfObject(Collection<Message> oldestFirst) {
    Map<String, String> newest = new HashMap<>();
    for (Message message : oldestFirst) {
      if (in(message.workflow())) {
        BusinessObject.of(message).ifPresent(object -> newest.put(object, message.id().value()));
      }
    }
    return newest;
  }

  /**
   * A newer message that makes an older one needless.
   *
   * @param words why the older one is left out
   */
  public record Newer(String id, String words) {
    /** One that is on the same list. */
    public static Newer onList(String id) {
      return new Newer(id, SkipReasons.supersededBy(id));
    }
  }

  /**
   * The message that makes this one needless: a newer one that went through already; empty if there
   * is none.
   *
   * @param counts whether that newer one does
   */
  public Optional<Newer> newerConfirmed(Message message, Predicate<Message> counts) {
    String sku = message.businessKey().keys().get("sku");
    Optional<String> object = BusinessObject.of(message);
    if (!in(message.workflow()) || sku == null || object.isEmpty()) {
      return Optional.empty();
    }
    MessageQuery query =
        MessageQuery.ALL
            .withWorkflows(Set.of(message.workflow()))
            .withStatuses(Set.of(MessageStatus.CONFIRMED))
            .withText(sku + " " + BusinessObject.place(message.businessKey()))
            .withCaptured(message.capturedAt().plusMillis(1), null)
            .page(PAGE, null);
    // All of them: an article is counted in every store, and words find more than the one meant.
    AtomicReference<@Nullable MessageId> newest = new AtomicReference<>();
    messages.searchAll(
        query,
        part -> {
          newest.set(
              part.stream()
                  .map(StoredMessage::message)
                  .filter(newer -> BusinessObject.of(newer).equals(object))
                  .filter(counts)
                  .map(Message::id)
                  .findFirst()
                  .orElse(null));
          return newest.get() == null;
        });
    return Optional.ofNullable(newest.get())
        .map(
            newer ->
                new Newer(
                    newer.value(), "Superseded: the newer message " + newer + " went through"));
  }
}
