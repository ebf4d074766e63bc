package io.tillpost.console.recovery;

import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a retry sends: the same as before. Of a message that went out with a correction that is the
 * corrected payload, unless the middleware recorded another one with a later attempt; of any other
 * what the middleware has. A correction of which nobody knows whether it went out counts too, one
 * that was only previewed does not.
 */
public final class EarlierCorrections implements Contents {
  private static final int CHUNK = 1_000;
  private static final int PAGE = 500;

  private final RecoveryRecords records;
  private final Messages messages;

  public EarlierCorrections(RecoveryRecords records, Messages messages) {
    this.records = records;
    this.messages = messages;
  }

  @Override
  public Contents of(Collection<Message> list) {
    Map<String, RecoveryContent> latest = latest(list);
    return message ->
        Optional.ofNullable(latest.get(message.id().value()))
            .filter(content -> !recordedFrom(content.messageId(), content.attempt() + 1))
            .<Answer>map(
                content ->
                    new Answer.Corrected(content.contentType(), content.body(), content.changes()))
            .orElseGet(Answer.AsItIs::new);
  }

  /** The last correction of each that went out, by message; those without one are left out. */
  public Map<String, RecoveryContent> latest(Collection<Message> list) {
    List<String> ids = list.stream().map(message -> message.id().value()).toList();
    Map<String, RecoveryContent> latest = new HashMap<>();
    for (int from = 0; from < ids.size(); from += CHUNK) {
      Set<String> these = Set.copyOf(ids.subList(from, Math.min(ids.size(), from + CHUNK)));
      records
          .contents()
          .findAll(
              DocumentQuery.ALL.and(new Condition.AnyOf("message_id", these)).page(PAGE, null),
              part ->
                  sent(part.stream().map(Versioned::value).toList())
                      .forEach(content -> latest.merge(content.messageId(), content, this::later)));
    }
    return latest;
  }

  /** Whether the middleware recorded a payload with that attempt or a later one. */
  public boolean recordedFrom(String messageId, int attempt) {
    return messages.payloads(new MessageId(messageId)).stream()
        .anyMatch(version -> version.attempt() >= attempt);
  }

  @Override
  public Answer of(Message message) {
    return of(List.of(message)).of(message);
  }

  /** Those whose attempt was claimed by the operation that they belong to. */
  private List<RecoveryContent> sent(List<RecoveryContent> contents) {
    Map<String, Versioned<RecoveryClaim>> claims =
        records
            .claims()
            .getAll(contents.stream().map(EarlierCorrections::claim).collect(Collectors.toSet()));
    List<RecoveryContent> sent = new ArrayList<>();
    for (RecoveryContent content : contents) {
      Versioned<RecoveryClaim> claim = claims.get(claim(content));
      if (claim != null && claim.value().operationId().equals(content.operationId())) {
        sent.add(content);
      }
    }
    return sent;
  }

  private static String claim(RecoveryContent content) {
    return RecoveryClaim.id(content.messageId(), content.attempt());
  }

  private RecoveryContent later(RecoveryContent one, RecoveryContent other) {
    return one.attempt() > other.attempt() ? one : other;
  }
}
