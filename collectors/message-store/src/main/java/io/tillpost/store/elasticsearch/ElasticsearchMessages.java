package io.tillpost.store.elasticsearch;

import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.Grouping;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageFold;
import io.tillpost.message.MessageId;
import io.tillpost.message.MessageStatus;
import io.tillpost.message.Payload;
import io.tillpost.message.Workflows;
import io.tillpost.store.Cursor;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import io.tillpost.store.json.EventJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class ElasticsearchMessages implements Messages {
  private static final int MAX_EVENTS = 10_000;

  /** Payloads are large, so that they are read in parts. */
  private static final int IDS_AT_A_TIME = 1_000;

  private static final int PAYLOADS_AT_A_TIME = 50;

  private final Search search;
  private final States states;
  private final GroupsReader groups;
  private final Workflows workflows;
  private final Clock clock;

  ElasticsearchMessages(
      Search search, States states, GroupsReader groups, Workflows workflows, Clock clock) {
    this.search = search;
    this.states = states;
    this.groups = groups;
    this.workflows = workflows;
    this.clock = clock;
  }

  /**
   * Gets the message by its key among those captured about today, which sees what was written a
   * moment ago. Only an older message is searched for, and then read by its key.
   */
  @Override
  public Optional<StoredMessage> find(MessageId id) {
    return read(around(id, clock.instant())).or(() -> read(keysOf(id)));
  }

  /** Events may disagree on the moment of capture, so on the day as well. */
  private List<States.Key> around(MessageId id, Instant capturedAt) {
    return Stream.of(
            capturedAt.minus(Duration.ofDays(1)), capturedAt, capturedAt.plus(Duration.ofDays(1)))
        .map(day -> states.key(id, day))
        .toList();
  }

  /** With one request for those that are where they were captured, as nearly all are. */
  @Override
  public Map<MessageId, StoredMessage> findAll(Map<MessageId, Instant> capturedAt) {
    if (capturedAt.size() > IDS_AT_A_TIME) {
      throw new IllegalArgumentException("Messages are read 1,000 at a time");
    }
    Map<States.Key, MessageId> keys = new HashMap<>();
    capturedAt.forEach((id, at) -> around(id, at).forEach(key -> keys.put(key, id)));
    Map<MessageId, Message> known = new HashMap<>();
    states
        .read(keys.keySet())
        .forEach(
            (key, stored) ->
                known.merge(
                    Objects.requireNonNull(keys.get(key)), stored.message(), MessageFold::merge));
    Map<MessageId, StoredMessage> found = new HashMap<>();
    for (MessageId id : capturedAt.keySet()) {
      Message state = known.get(id);
      Optional<StoredMessage> message =
          state == null ? find(id) : Optional.of(state).map(this::stored);
      message.ifPresent(one -> found.put(id, one));
    }
    return found;
  }

  @Override
  public Page<StoredMessage> search(MessageQuery query) {
    ObjectNode body = list(query, query.after() == null ? null : Cursor.read(query.after(), 2));
    body.put("size", query.size() + 1);
    JsonNode found = search.in(indices(query), body).path("hits");
    List<StoredMessage> items = new ArrayList<>();
    String next = null;
    for (JsonNode hit : found.path("hits")) {
      if (items.size() == query.size()) {
        next = Cursor.of(found.path("hits").get(items.size() - 1).path("sort"));
        break;
      }
      items.add(stored(StateReader.read(hit.path("_source").path("state"))));
    }
    return new Page<>(items, found.path("total").path("value").asLong(0), next);
  }

  @Override
  public void searchAll(MessageQuery query, Predicate<List<StoredMessage>> each) {
    new ReadAhead(search)
        .each(
            indices(query),
            after -> list(query, after),
            query.after() == null ? null : Cursor.read(query.after(), 2),
            query.size(),
            hits -> {
              List<StoredMessage> items = new ArrayList<>();
              hits.forEach(
                  hit -> items.add(stored(StateReader.read(hit.path("_source").path("state")))));
              return each.test(items);
            });
  }

  @Override
  public long count(MessageQuery query) {
    return search.count(indices(query), condition(query));
  }

  @Override
  public Optional<Fingerprint> exceptionOf(Message message) {
    return message
        .fingerprint()
        .map(
            failure ->
                groups
                    .current()
                    .grouping()
                    .exceptionOf(failure, GroupingStore.conditionsOf(message)));
  }

  @Override
  public Map<MessageId, Fingerprint> exceptionsOf(Collection<Message> messages) {
    Grouping grouping = groups.current().grouping();
    Map<MessageId, Fingerprint> exceptions = new HashMap<>();
    for (Message message : messages) {
      message
          .fingerprint()
          .map(failure -> grouping.exceptionOf(failure, GroupingStore.conditionsOf(message)))
          .ifPresent(exception -> exceptions.put(message.id(), exception));
    }
    return exceptions;
  }

  @Override
  public List<MessageEvent> events(MessageId id) {
    ObjectNode body =
        Json.object(
            "size",
            MAX_EVENTS,
            "query",
            new Query().is("message_id", id.value()).build(),
            "_source",
            Json.object("excludes", "payload"),
            "sort",
            Json.array(Json.object("time", "asc")));
    List<MessageEvent> events = new ArrayList<>();
    for (JsonNode hit : search.in(events(), body).path("hits").path("hits")) {
      events.add(EventJson.read(hit.path("_source")));
    }
    events.sort(Comparator.comparing(MessageEvent::time).thenComparing(e -> e.id().documentId()));
    return events;
  }

  @Override
  public List<PayloadVersion> payloads(MessageId id) {
    ObjectNode body =
        Json.object(
            "size",
            MAX_EVENTS,
            "query",
            new Query().is("message_id", id.value()).is("has_payload", true).build(),
            "_source",
            false);
    List<JsonNode> hits = new ArrayList<>();
    search.in(events(), body).path("hits").path("hits").forEach(hits::add);
    List<MessageEvent> events = new ArrayList<>();
    for (int from = 0; from < hits.size(); from += PAYLOADS_AT_A_TIME) {
      List<JsonNode> part = hits.subList(from, Math.min(from + PAYLOADS_AT_A_TIME, hits.size()));
      search.get(part).forEach(source -> events.add(EventJson.read(source)));
    }
    return events.stream()
        .sorted(Comparator.comparing(MessageEvent::time).thenComparing(e -> e.id().documentId()))
        .map(
            event ->
                new PayloadVersion(
                    event.time(),
                    event.stage(),
                    event.attempt(),
                    event.id().source(),
                    Objects.requireNonNull(event.payload())))
        .toList();
  }

  @Override
  public Map<MessageId, Payload> latestPayloads(Collection<MessageId> ids) {
    List<String> all = ids.stream().map(MessageId::value).distinct().toList();
    if (all.size() > PAYLOADS_AT_A_TIME) {
      throw new IllegalArgumentException("Payloads are read of 50 messages at a time");
    }
    if (all.isEmpty()) {
      return Map.of();
    }
    ObjectNode body =
        Json.object(
            "size",
            all.size(),
            "track_total_hits",
            false,
            "query",
            new Query().any("message_id", all).is("has_payload", true).build(),
            "collapse",
            Json.object("field", "message_id"),
            "sort",
            Json.array(Json.object("time", "desc")));
    Map<MessageId, Payload> found = new HashMap<>();
    for (JsonNode hit : search.in(events(), body).path("hits").path("hits")) {
      MessageEvent event = EventJson.read(hit.path("_source"));
      found.put(event.messageId(), Objects.requireNonNull(event.payload()));
    }
    return found;
  }

  @Override
  public Set<MessageId> withPayload(Collection<MessageId> ids) {
    List<String> all = ids.stream().map(MessageId::value).distinct().toList();
    Set<MessageId> found = new HashSet<>();
    for (int from = 0; from < all.size(); from += IDS_AT_A_TIME) {
      List<String> part = all.subList(from, Math.min(from + IDS_AT_A_TIME, all.size()));
      search
          .aggregate(
              events(),
              new Query().any("message_id", part).is("has_payload", true).build(),
              Json.object("ids", Aggregation.terms("message_id", IDS_AT_A_TIME)))
          .path("ids")
          .path("buckets")
          .forEach(bucket -> found.add(new MessageId(bucket.path("key").asString())));
    }
    return found;
  }

  /** Events that disagree on the day of capture left two states; together they are one. */
  private Optional<StoredMessage> read(Collection<States.Key> keys) {
    return states.read(keys).values().stream()
        .map(States.Stored::message)
        .reduce(MessageFold::merge)
        .map(this::stored);
  }

  private List<States.Key> keysOf(MessageId id) {
    ObjectNode body =
        Json.object(
            "size",
            10,
            "query",
            new Query().is("message_id", id.value()).build(),
            "_source",
            false);
    List<States.Key> keys = new ArrayList<>();
    for (JsonNode hit : search.in(messages().all(), body).path("hits").path("hits")) {
      keys.add(new States.Key(hit.path("_index").asString(), hit.path("_id").asString()));
    }
    return keys;
  }

  /** The search for a list after these sort values, without its size. */
  private ObjectNode list(MessageQuery query, @Nullable ArrayNode after) {
    boolean newestFirst = query.order() == MessageQuery.Order.NEWEST_FIRST;
    ObjectNode body =
        Json.object(
            "query",
            condition(query),
            "_source",
            "state",
            "sort",
            Json.array(
                Json.object(
                    "captured_at",
                    Json.object("order", newestFirst ? "desc" : "asc", "format", "epoch_millis")),
                Json.object("message_id", "asc")));
    if (after != null) {
      body.set("search_after", after);
    }
    return body;
  }

  private ObjectNode condition(MessageQuery query) {
    Query condition =
        new Query()
            .words(query.text(), "search")
            .any("workflow", query.workflows())
            .any("status", query.statuses().stream().map(MessageStatus::name).toList())
            .any("store_id", query.storeIds())
            .any("target", query.targets())
            .is("correlation_id", query.correlationId())
            .is("trace_ids", query.traceId())
            .between("captured_at", query.capturedFrom(), query.capturedTo());
    MessageQuery.Sharing sharing = query.sharing();
    if (sharing != null) {
      if (!sharing.any().isEmpty()) {
        condition.and(
            Query.anyOf(sharing.any().stream().map(ElasticsearchMessages::words).toArray()));
      }
      if (!sharing.except().isEmpty()) {
        condition.and(Query.not(Query.terms("message_id", sharing.except())));
      }
    }
    if (!query.exceptions().isEmpty()) {
      condition.and(groups.current().query(query.exceptions()));
    }
    if (query.attentionAt() != null) {
      condition
          .is("open", true)
          .and(Query.range("attention_from", "gte", null, "lte", query.attentionAt()));
    }
    return condition.build();
  }

  private static ObjectNode words(MessageQuery.Words group) {
    Query words = new Query();
    group.all().forEach(some -> words.any("search", some));
    MessageQuery.BusinessDay day = group.day();
    if (day != null) {
      LocalDate date = day.date();
      words.and(
          date == null
              ? Query.not(Query.exists("business_date"))
              : Query.term("business_date", date.toString()));
    }
    return words.build();
  }

  private StoredMessage stored(Message message) {
    return new StoredMessage(
        message, workflows.get(message.workflow()).dueAt(message.capturedAt()));
  }

  private String indices(MessageQuery query) {
    return messages().between(query.capturedFrom(), query.capturedTo());
  }

  private DailyIndex messages() {
    return search.schema().messages();
  }

  private String events() {
    return search.schema().events().all();
  }
}
