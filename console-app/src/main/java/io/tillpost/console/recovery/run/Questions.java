package io.tillpost.console.recovery.run;

import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.recovery.OperationIds;
import io.tillpost.console.recovery.OperationStores;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.recovery.TargetAnswer;
import io.tillpost.recovery.TargetQuestion;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import io.tillpost.store.Page;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Has targets asked, for those who may, whether they have what was sent and nobody confirmed. A
 * target that has it ends the doubt; anything else leaves the message unconfirmed. Nothing is ever
 * sent by it. The same key is the same question.
 */
public class Questions {
  private static final String MAY = "hasRole('" + Permission.Name.RETRY + "')";
  private static final String MAY_SEE = "hasRole('" + Permission.Name.VIEW + "')";
  private static final String PREFIX = "q-";

  /** So many items tell whether there is one that can be asked for. */
  private static final int FEW = 20;

  private final RecoveryRecords records;
  private final OperationStores stores;
  private final Messages messages;
  private final RecoveryChannels channels;
  private final TargetGates targets;
  private final RecoveryDispatcher dispatcher;
  private final AuditLog audit;
  private final CurrentOperator currentOperator;
  private final Clock clock;

  public Questions(
      RecoveryRecords records,
      OperationStores stores,
      Messages messages,
      RecoveryChannels channels,
      TargetGates targets,
      RecoveryDispatcher dispatcher,
      AuditLog audit,
      CurrentOperator currentOperator,
      Clock clock) {
    this.records = records;
    this.stores = stores;
    this.messages = messages;
    this.channels = channels;
    this.targets = targets;
    this.dispatcher = dispatcher;
    this.audit = audit;
    this.currentOperator = currentOperator;
    this.clock = clock;
  }

  /**
   * Asks for one message, about each of its attempts that nobody confirmed.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public QuestionAnswer ofMessage(MessageId message, @Nullable String key) {
    Optional<Message> stored = messages.find(message).map(Messages.StoredMessage::message);
    if (stored.isEmpty()) {
      return new QuestionAnswer.NotFound("There is no message " + message);
    }
    return currentOperator
        .stores()
        .refusal(stored.get().storeId())
        .map(why -> forbidden(AuditSubject.Kind.MESSAGE, message.value(), why))
        .orElseGet(() -> ask(question(null, message.value(), key), key));
  }

  /**
   * Asks for all unconfirmed messages of an operation, at the rates of their targets.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public QuestionAnswer ofOperation(String operationId, @Nullable String key) {
    Optional<RecoveryOperation> operation =
        records.operations().get(operationId).map(Versioned::value);
    if (operation.isEmpty()) {
      return new QuestionAnswer.NotFound("There is no operation " + operationId);
    }
    return stores
        .refusal(operation.get(), currentOperator.get())
        .map(why -> forbidden(AuditSubject.Kind.OPERATION, operationId, why))
        .orElseGet(() -> ask(question(operationId, null, key), key));
  }

  private QuestionAnswer forbidden(AuditSubject.Kind kind, String id, String why) {
    audit.refused(
        AuditAct.of(currentOperator.get().id(), AuditAction.ASK_TARGET, new AuditSubject(kind, id)),
        why);
    return new QuestionAnswer.Forbidden(why);
  }

  /** The question with this id. */
  @PreAuthorize(MAY_SEE)
  public Optional<QuestionProgress> find(String id) {
    return records.questions().get(id).map(found -> progress(found.value()));
  }

  /** The newest question about the whole operation; empty where nobody asked. */
  @PreAuthorize(MAY_SEE)
  public Optional<QuestionProgress> latestOf(String operationId) {
    return records
        .questions()
        .find(
            DocumentQuery.ALL
                .where("operation_id", operationId)
                .sorted("asked_at", true)
                .page(1, null))
        .items()
        .stream()
        .findFirst()
        .map(found -> progress(found.value()));
  }

  /**
   * Why the target cannot be asked what became of the messages of this operation, as a sentence;
   * empty if it can.
   */
  @PreAuthorize(MAY_SEE)
  public Optional<String> objection(RecoveryOperation operation) {
    return channelObjection(operation).or(() -> stores.refusal(operation, currentOperator.get()));
  }

  private Optional<String> channelObjection(RecoveryOperation operation) {
    if (operation.action() == RecoveryAction.REPLAY) {
      return Optional.of(
          "Of a replay the target cannot tell: it may have had the message before it was sent again.");
    }
    return channels.find(operation.channel()).filter(known -> known.lookUpUrl() != null).isPresent()
        ? Optional.empty()
        : Optional.of(
            "The channel %s offers no look-up, so the target cannot be asked."
                .formatted(operation.channel()));
  }

  /** Why the target cannot be asked what became of this item, as a sentence; empty if it can. */
  @PreAuthorize(MAY_SEE)
  public Optional<String> objection(RecoveryItem item) {
    Optional<String> foreign = currentOperator.stores().refusal(item.storeId());
    return foreign.isPresent() ? foreign : channelObjection(item);
  }

  private Optional<String> channelObjection(RecoveryItem item) {
    return records
        .operations()
        .get(item.operationId())
        .map(Versioned::value)
        .map(this::channelObjection)
        .orElseGet(() -> Optional.of("The operation is not stored any more."));
  }

  /** The items that a question is about, as search shows them. */
  static DocumentQuery unconfirmed(TargetQuestion question) {
    DocumentQuery query = DocumentQuery.ALL.where("state", ItemState.UNCONFIRMED.name());
    return question.messageId() == null
        ? query.where("operation_id", String.valueOf(question.operationId()))
        : query.where("message_id", question.messageId());
  }

  /** Why a target is not asked now. */
  static String notAsked(String target, String why) {
    return "%s is not asked now. %s.".formatted(target, why);
  }

  private TargetQuestion question(
      @Nullable String operationId, @Nullable String messageId, @Nullable String key) {
    String me = currentOperator.get().id();
    return new TargetQuestion(
        PREFIX + OperationIds.of(me, key, clock.instant()),
        operationId,
        messageId,
        me,
        clock.instant(),
        0,
        false,
        null,
        null);
  }

  private QuestionAnswer ask(TargetQuestion wish, @Nullable String key) {
    Optional<String> fault = RetryRequest.plan(key).fault();
    if (fault.isPresent()) {
      return new QuestionAnswer.Invalid(fault.get());
    }
    Optional<Versioned<TargetQuestion>> known = records.questions().get(wish.id());
    if (known.isPresent()) {
      return repeated(known.get().value(), wish);
    }
    Page<Versioned<RecoveryItem>> items = records.items().find(unconfirmed(wish).page(FEW, null));
    Optional<String> objection = objection(wish, items.items());
    if (objection.isPresent()) {
      return new QuestionAnswer.Refused(objection.get());
    }
    TargetQuestion question = wish.over(items.total());
    AuditAct act =
        AuditAct.of(question.askedBy(), AuditAction.ASK_TARGET, subject(question))
            .changing(null, "%,d unconfirmed".formatted(question.size()));
    return audit.record(act, () -> begin(question), Questions::ending);
  }

  private Optional<String> objection(TargetQuestion wish, List<Versioned<RecoveryItem>> items) {
    if (items.isEmpty()) {
      return Optional.of("Nothing of it is unconfirmed");
    }
    if (underWay(wish)) {
      return Optional.of("The target is being asked already");
    }
    List<Optional<String>> objections =
        items.stream()
            .map(Versioned::value)
            .map(item -> channelObjection(item).or(() -> closed(wish, item)))
            .toList();
    return objections.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : objections.getFirst();
  }

  private boolean underWay(TargetQuestion wish) {
    return records.questions().find(DocumentQuery.ALL.where("finished", "false")).items().stream()
        .anyMatch(found -> found.value().about(wish));
  }

  /** One message is told at once; of many some may go to another target. */
  private Optional<String> closed(TargetQuestion wish, RecoveryItem item) {
    String target = item.message().targetName();
    return wish.messageId() == null
        ? Optional.empty()
        : targets.heldUp(target, clock.instant()).map(why -> notAsked(target, why));
  }

  private QuestionAnswer begin(TargetQuestion question) {
    if (!records.questions().create(question.id(), question)) {
      return records
          .questions()
          .get(question.id())
          .map(known -> repeated(known.value(), question))
          .orElseThrow(() -> new IllegalStateException("Questions are never removed"));
    }
    dispatcher.ask(question.id());
    return new QuestionAnswer.Accepted(new QuestionProgress(question, Map.of()));
  }

  private QuestionAnswer repeated(TargetQuestion known, TargetQuestion wish) {
    return known.about(wish)
        ? new QuestionAnswer.Accepted(progress(known))
        : new QuestionAnswer.Refused("This Idempotency-Key was used for another question");
  }

  private QuestionProgress progress(TargetQuestion question) {
    Map<TargetAnswer, Long> answers = new EnumMap<>(TargetAnswer.class);
    records
        .items()
        .countBy("asked.answer", DocumentQuery.ALL.where("asked.question_id", question.id()))
        .forEach((answer, count) -> answers.put(TargetAnswer.valueOf(answer), count));
    return new QuestionProgress(question, answers);
  }

  private static AuditSubject subject(TargetQuestion question) {
    return question.messageId() == null
        ? new AuditSubject(AuditSubject.Kind.OPERATION, String.valueOf(question.operationId()))
        : new AuditSubject(AuditSubject.Kind.MESSAGE, question.messageId());
  }

  private static AuditLog.Ending ending(QuestionAnswer answer) {
    return switch (answer) {
      case QuestionAnswer.Accepted a ->
          AuditLog.Ending.done("Question " + a.progress().question().id());
      case QuestionAnswer.Refused r -> AuditLog.Ending.refused(r.reason());
      case QuestionAnswer.Forbidden f -> AuditLog.Ending.refused(f.reason());
      case QuestionAnswer.NotFound n -> AuditLog.Ending.refused(n.reason());
      case QuestionAnswer.Invalid i -> AuditLog.Ending.refused(i.reason());
    };
  }
}
