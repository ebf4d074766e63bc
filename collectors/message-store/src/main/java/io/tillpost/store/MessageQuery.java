package io.tillpost.store;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which messages, in which order. Everything given must hold; an empty set or null asks for
 * nothing.
 *
 * @param text what a person would read from a receipt: a message id, correlation id, store id,
 *     receipt, transaction number or any key's value, matched exactly, or as a prefix of four
 *     characters and more; several words must all match
 * @param workflows any of these
 * @param statuses any of these
 * @param storeIds any of these
 * @param targets any of these
 * @param exceptions any of these it belongs to, by itself or merged by people
 * @param correlationId exactly this
 * @param traceId exactly this
 * @param capturedFrom at or after
 * @param capturedTo before
 * @param attentionAt only open messages that are overdue or failed at this moment
 * @param order of the list
 * @param size how many at most, 1 to 1,000
 * @param after {@link Page#next} of the part before, or null for the first
 * @param sharing only messages that share words with others, or null
 */
public record MessageQuery(
    @Nullable String text,
    Set<String> workflows,
    Set<MessageStatus> statuses,
    Set<String> storeIds,
    Set<String> targets,
    Set<Fingerprint> exceptions,
    @Nullable String correlationId,
    @Nullable String traceId,
    @Nullable Instant capturedFrom,
    @Nullable Instant capturedTo,
    @Nullable Instant attentionAt,
    Order order,
    int size,
    @Nullable String after,
    @Nullable Sharing sharing) {
  /** In which order messages are listed. */
  public enum Order {
    NEWEST_FIRST,
    OLDEST_FIRST
  }

  /**
   * That messages share words with others, like those about the same business objects.
   *
   * @param any one of these groups at least, up to 1,000 of them; none asks for nothing
   * @param except not the messages with these ids, at most 10,000
   */
  public record Sharing(List<Words> any, Set<String> except) {
    public Sharing {
      any = List.copyOf(any);
      except = Set.copyOf(except);
    }
  }

  /**
   * Words of a message.
   *
   * @param all of each of these sets at least one, as a whole and as {@link SearchWords#whole} has
   *     it; an empty set asks for nothing; at most 10,000 in a set
   * @param day of which it has to be besides; null for any
   */
  public record Words(List<Set<String>> all, @Nullable BusinessDay day) {
    public Words {
      all = all.stream().map(Set::copyOf).toList();
    }

    /** Words of a message of any day. */
    public Words(List<Set<String>> all) {
      this(all, null);
    }
  }

  /**
   * The business date of a message.
   *
   * @param date null for messages that have none
   */
  public record BusinessDay(@Nullable LocalDate date) {}

  /** The 100 newest messages. */
  public static final MessageQuery ALL =
      new MessageQuery(
          null,
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          null,
          null,
          null,
          null,
          null,
          Order.NEWEST_FIRST,
          100,
          null,
          null);

  public MessageQuery {
    if (size < 1 || size > 1_000) {
      throw new IllegalArgumentException("A page has 1 to 1,000 messages");
    }
    workflows = Set.copyOf(workflows);
    statuses = Set.copyOf(statuses);
    storeIds = Set.copyOf(storeIds);
    targets = Set.copyOf(targets);
    exceptions = Set.copyOf(exceptions);
  }

  /** The same with this text; null or blank for any. */
  public MessageQuery withText(@Nullable String newText) {
    return new MessageQuery(
        newText == null || newText.isBlank() ? null : newText.strip(),
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for any of these workflows. */
  public MessageQuery withWorkflows(Set<String> newWorkflows) {
    return new MessageQuery(
        text,
        newWorkflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for any of these statuses. */
  public MessageQuery withStatuses(Set<MessageStatus> newStatuses) {
    return new MessageQuery(
        text,
        workflows,
        newStatuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for any of these stores. */
  public MessageQuery withStoreIds(Set<String> newStoreIds) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        newStoreIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for any of these targets. */
  public MessageQuery withTargets(Set<String> newTargets) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        newTargets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for the messages of one exception; null for any. */
  public MessageQuery withFingerprint(@Nullable Fingerprint exception) {
    return withFingerprints(exception == null ? Set.of() : Set.of(exception));
  }

  /** The same for the messages of any of these exceptions, up to 500. */
  public MessageQuery withFingerprints(Set<Fingerprint> newExceptions) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        newExceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for one customer action. */
  public MessageQuery withCorrelationId(@Nullable String newCorrelationId) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        newCorrelationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for messages with an attempt in this trace. */
  public MessageQuery withTraceId(@Nullable String newTraceId) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        newTraceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for messages captured from the first moment on and before the second. */
  public MessageQuery withCaptured(@Nullable Instant from, @Nullable Instant to) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        from,
        to,
        attentionAt,
        order,
        size,
        after,
        sharing);
  }

  /** The same for open messages only that are overdue or failed at this moment. */
  public MessageQuery withAttentionAt(@Nullable Instant moment) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        moment,
        order,
        size,
        after,
        sharing);
  }

  /** The same for messages that share words with others; null for any. */
  public MessageQuery withSharing(@Nullable Sharing newSharing) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        size,
        after,
        newSharing);
  }

  /** The same in this order. */
  public MessageQuery withOrder(Order newOrder) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        newOrder,
        size,
        after,
        sharing);
  }

  /** The same, this many from there on. */
  public MessageQuery page(int newSize, @Nullable String newAfter) {
    return new MessageQuery(
        text,
        workflows,
        statuses,
        storeIds,
        targets,
        exceptions,
        correlationId,
        traceId,
        capturedFrom,
        capturedTo,
        attentionAt,
        order,
        newSize,
        newAfter,
        sharing);
  }
}
