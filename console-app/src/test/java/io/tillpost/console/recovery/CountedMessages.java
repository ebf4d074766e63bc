package io.tillpost.console.recovery;

import io.tillpost.failure.Fingerprint;
import io.tillpost.message.Message;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.store.MessageQuery;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what is searched for about the business objects of others, and how payloads are read. */
public final class CountedMessages implements Messages {
  private final Messages messages;
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger hits = new AtomicInteger();

  private final AtomicInteger single = new AtomicInteger();
  private final AtomicInteger pages = new AtomicInteger();

  public CountedMessages(Messages messages) {
    this.messages = messages;
  }

  /** How many searches there were. */
  public int requests() {
    return requests.get();
  }

  /** How many messages these found. */
  public int hits() {
    return hits.get();
  }

  /** How many requests there were for the payloads of one message. */
  public int single() {
    return single.get();
  }

  /** How many there were for those of several. */
  public int pages() {
    return pages.get();
  }

  @Override
  public Page<StoredMessage> search(MessageQuery query) {
    Page<StoredMessage> page = messages.search(query);
    if (query.sharing() != null) {
      requests.incrementAndGet();
      hits.addAndGet(page.items().size());
    }
    return page;
  }

  @Override
  public Optional<StoredMessage> find(MessageId id) {
    return messages.find(id);
  }

  @Override
  public long count(MessageQuery query) {
    return messages.count(query);
  }

  @Override
  public Optional<Fingerprint> exceptionOf(Message message) {
    return messages.exceptionOf(message);
  }

  @Override
  public Map<MessageId, Fingerprint> exceptionsOf(Collection<Message> some) {
    return messages.exceptionsOf(some);
  }

  @Override
  public List<MessageEvent> events(MessageId id) {
    return messages.events(id);
  }

  @Override
  public List<PayloadVersion> payloads(MessageId id) {
    single.incrementAndGet();
    return messages.payloads(id);
  }

  @Override
  public Map<MessageId, Payload> latestPayloads(Collection<MessageId> ids) {
    pages.incrementAndGet();
    return messages.latestPayloads(ids);
  }

  @Override
  public Set<MessageId> withPayload(Collection<MessageId> ids) {
    return messages.withPayload(ids);
  }
}
