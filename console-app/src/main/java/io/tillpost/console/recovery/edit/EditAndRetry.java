package io.tillpost.console.recovery.edit;

import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.Contents;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.EditProperties;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.Wish;
import io.tillpost.console.recovery.list.Planning;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.schema.SchemaHint;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.message.MessageId;
import io.tillpost.message.Payload;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.FieldRule;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryContent;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.Messages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;

/**
 * Corrects payloads for those who may, and plans a retry that sends them. The original is never
 * overwritten: what is sent is kept beside it with the attempt that it goes with.
 */
public class EditAndRetry {
  private static final String MAY = "hasRole('" + Permission.Name.EDIT_AND_RETRY + "')";

  private final RecoveryRecords records;
  private final Planning planning;
  private final Messages messages;
  private final EditProperties settings;
  private final EditOriginals originals;
  private final CurrentOperator currentOperator;

  public EditAndRetry(
      RecoveryRecords records,
      Planning planning,
      Messages messages,
      EditProperties settings,
      PayloadSchemas schemas,
      CurrentOperator currentOperator) {
    this.records = records;
    this.planning = planning;
    this.messages = messages;
    this.settings = settings;
    this.originals = new EditOriginals(messages, planning.asBefore(), schemas);
    this.currentOperator = currentOperator;
  }

  /** A payload that is opened for correction, or why it is not. */
  public sealed interface Opened {
    /**
     * It can be corrected.
     *
     * @param original as it was sent last, with what was corrected before
     * @param fields in the order of the text
     * @param failedPath the field that the failure points at, or null
     * @param schema the name of the schema that corrections are checked against, or null
     * @param broken where the original breaks it and no field is, as sentences by path
     * @param notChecked why nobody knows whether the original breaks it, and what to do, as
     *     sentences; null where it was checked
     */
    record Editable(
        Payload original,
        List<Field> fields,
        @Nullable String failedPath,
        @Nullable String schema,
        Map<String, String> broken,
        @Nullable String notChecked)
        implements Opened {}

    /** It cannot; a sentence. */
    record Closed(String reason) implements Opened {}
  }

  /**
   * A field of a payload.
   *
   * @param path like {@code lines[2].taxCode}
   * @param value as text
   * @param locked why it may not be edited, as a sentence; null if it may be
   * @param hint what the schema says about it; null where it says nothing
   * @param broken how the original breaks the schema here, as a sentence; null where it does not
   */
  public record Field(
      String path,
      String value,
      @Nullable String locked,
      @Nullable SchemaHint hint,
      @Nullable String broken) {}

  /** Opens the payload of a failed message. */
  @PreAuthorize(MAY)
  public Opened open(MessageId id) {
    Optional<String> objection = objection(id);
    if (objection.isPresent()) {
      return new Opened.Closed(objection.get());
    }
    Payload original = originals.of(id).orElse(null);
    if (original == null) {
      return new Opened.Closed("No payload of this message is stored");
    }
    Optional<PayloadFormat> format =
        original.base64() ? Optional.empty() : PayloadFormat.of(original.contentType());
    if (format.isEmpty()) {
      return new Opened.Closed(
          "Only JSON and XML can be edited; this is " + original.contentType());
    }
    return switch (format.get().read(original.body())) {
      case PayloadFormat.Reading.Broken broken -> new Opened.Closed(broken.words());
      case PayloadFormat.Reading.Fields fields -> {
        SchemaRules schema = originals.schema(id, original);
        SchemaRules.Found found = schema.broken(original.body());
        Map<String, String> broken =
            found instanceof SchemaRules.Found.Compared(var faults, _) ? faults : Map.of();
        yield new Opened.Editable(
            original,
            fields(fields.values(), schema.hints(original.body()), broken),
            failedPath(id),
            schema.name().orElse(null),
            broken.entrySet().stream()
                .filter(fault -> !fields.values().containsKey(fault.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
            found instanceof SchemaRules.Found.NotChecked(var why) ? why : null);
      }
    };
  }

  /**
   * In which line of a text each field is, from 1; nothing where it cannot be read.
   *
   * @param contentType of the original
   */
  @PreAuthorize(MAY)
  public Map<String, Integer> lines(String contentType, String body) {
    return PayloadFormat.of(contentType)
        .filter(format -> format.read(body) instanceof PayloadFormat.Reading.Fields)
        .map(format -> format.lines(body))
        .orElse(Map.of());
  }

  /** What the edit comes to; nothing is planned. */
  @PreAuthorize(MAY)
  public Correction check(MessageId id, Edit edit) {
    Optional<String> foreign = foreign(id);
    if (foreign.isPresent()) {
      return Correction.Invalid.whole(foreign.get());
    }
    return originals
        .of(id)
        .map(original -> Corrections.of(original, edit, locks(), originals.schema(id, original)))
        .orElseGet(() -> Correction.Invalid.whole("No payload of this message is stored"));
  }

  /**
   * The payload with these fields, to go on with as text, whether or not it may be sent so; empty
   * where there is none, or none that the current operator may see.
   */
  @PreAuthorize(MAY)
  public Optional<String> written(MessageId id, Edit.Fields edit) {
    return foreign(id).isPresent()
        ? Optional.empty()
        : originals
            .of(id)
            .flatMap(
                original -> Corrections.written(original, edit, originals.schema(id, original)));
  }

  /**
   * Freezes the retry of one message with the corrected payload, so that it can be looked at.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer plan(MessageId id, Edit edit, @Nullable String key) {
    return planAs(id, edit, RetryRequest.plan(key));
  }

  /**
   * The same, with wishes for where an earlier message about the same business object has failed
   * and for where nobody knows whether an earlier attempt reached the target.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAs(MessageId id, Edit edit, RetryRequest request) {
    if (request.earlier().choice() == EarlierChoice.INCLUDE) {
      return new OperationAnswer.Invalid(
          "A correction is of one message: retry the earlier ones first");
    }
    if (messages.find(id).isEmpty()) {
      return new OperationAnswer.NotFound("There is no message " + id);
    }
    Optional<String> foreign = foreign(id);
    if (foreign.isPresent()) {
      return planning.forbidden(
          currentOperator.get().id(), RecoveryAction.EDIT_AND_RETRY, id, "", foreign.get());
    }
    return switch (check(id, edit)) {
      case Correction.Invalid invalid -> new OperationAnswer.Invalid(invalid.words());
      case Correction.NotChecked not -> new OperationAnswer.Refused(not.words());
      case Correction.Valid valid ->
          planning.plan(
              new Wish(
                  RecoveryAction.EDIT_AND_RETRY,
                  new Chosen.One(id),
                  request,
                  _ ->
                      new Contents.Answer.Corrected(
                          valid.contentType(), valid.body(), valid.changes()),
                  null,
                  valid.body(),
                  null));
    };
  }

  /**
   * Freezes the retry of a list in which one field is set to a value, so that every difference can
   * be looked at. Messages without the field are left out.
   *
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRule(Chosen chosen, EditRule rule, @Nullable String key) {
    return planRule(chosen, rule, EarlierWish.LEAVE_OUT, key);
  }

  /**
   * The same, with a wish for messages with an earlier one about the same business object that has
   * failed.
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRule(
      Chosen chosen, EditRule rule, EarlierWish earlier, @Nullable String key) {
    return planRuleAs(chosen, rule, RetryRequest.plan(earlier, key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRuleAs(Chosen chosen, EditRule rule, RetryRequest request) {
    Optional<String> fault = rule.fault().or(() -> locks().objection(rule.field()));
    if (fault.isPresent()) {
      return new OperationAnswer.Invalid(fault.get());
    }
    return planning.plan(
        new Wish(
            RecoveryAction.EDIT_AND_RETRY,
            chosen,
            request,
            new RuledCorrections(rule, locks(), originals),
            null,
            rule.words(),
            rule.kept()));
  }

  /**
   * Freezes the retry of what an edit did not bring to its end, corrected as it was then, so that
   * every difference can be looked at. What was left out of it for its payload is left out again,
   * and so is what the current operator may not edit.
   *
   * @param operationId of an edit that has come to its end
   * @param key the same for every repeat of one request, or null where there is none
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRest(String operationId, @Nullable String key) {
    return planRestAs(operationId, RetryRequest.plan(key));
  }

  /**
   * The same, with all that may be wished for messages that are not sent unless somebody says so.
   *
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planRestAs(String operationId, RetryRequest request) {
    RecoveryOperation edit =
        records.operations().get(operationId).map(Versioned::value).orElse(null);
    if (edit == null) {
      return new OperationAnswer.NotFound("There is no operation " + operationId);
    }
    if (edit.action() != RecoveryAction.EDIT_AND_RETRY) {
      return new OperationAnswer.Invalid("EDIT_AND_RETRY of a list needs what to set");
    }
    return planAsThen(edit, new Chosen.RestOf(operationId), request);
  }

  /**
   * Freezes the list of an edit by rule once more, corrected as it was then, with other wishes for
   * messages that are not sent unless somebody says so; the other one stays as it is.
   *
   * @param operationId of the edit, whatever its state
   * @param request only to plan
   */
  @PreAuthorize(MAY)
  public OperationAnswer planAnew(String operationId, RetryRequest request) {
    RecoveryOperation edit =
        records.operations().get(operationId).map(Versioned::value).orElse(null);
    if (edit == null) {
      return new OperationAnswer.NotFound("There is no operation " + operationId);
    }
    return edit.rule() == null
        ? new OperationAnswer.Invalid("The correction of one message is planned on its own page")
        : planAsThen(edit, new Chosen.ListOf(operationId), request);
  }

  /** What was corrected then as it was then; the rest by the rule, if there is one. */
  private OperationAnswer planAsThen(RecoveryOperation edit, Chosen chosen, RetryRequest request) {
    FieldRule rule = edit.rule();
    return planning.plan(
        new Wish(
            RecoveryAction.EDIT_AND_RETRY,
            chosen,
            request,
            new SameCorrections(
                records,
                planning.asBefore(),
                edit.id(),
                rule == null ? null : new RuledCorrections(EditRule.of(rule), locks(), originals),
                locks(),
                originals),
            null,
            "",
            rule));
  }

  /**
   * A correction of this message that was planned before, to be gone on with: declined, cancelled
   * or failed. Empty where there is nothing to be corrected, or not by the current operator.
   */
  @PreAuthorize(MAY)
  public Optional<EditAgain> again(RecoveryContent planned) {
    MessageId id = new MessageId(planned.messageId());
    return foreign(id).isPresent()
        ? Optional.empty()
        : originals
            .of(id)
            .filter(original -> !original.base64())
            .map(original -> EditAgain.of(original, planned));
  }

  /** Why this message is not the current operator's to look into, in sentences; empty if it is. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> foreign(MessageId id) {
    return messages.find(id).flatMap(stored -> planning.foreign(stored.message()));
  }

  /** Why the payload of this message cannot be corrected now, as a sentence; empty if it can. */
  @PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
  public Optional<String> objection(MessageId id) {
    return messages
        .find(id)
        .map(stored -> planning.objection(RecoveryAction.EDIT_AND_RETRY, stored.message()))
        .orElseGet(() -> Optional.of("The message is not stored"));
  }

  private List<Field> fields(
      SequencedMap<String, PayloadFormat.Value> values,
      Map<String, SchemaHint> hints,
      Map<String, String> broken) {
    EditLocks locks = locks();
    return values.entrySet().stream()
        .map(
            e ->
                new Field(
                    e.getKey(),
                    e.getValue().text(),
                    locks
                        .objection(e.getKey())
                        .or(
                            () ->
                                e.getValue().kind() == PayloadFormat.Kind.OTHER
                                    ? Optional.of("This can be changed in the text only")
                                    : Optional.empty())
                        .orElse(null),
                    hints.get(e.getKey()),
                    broken.get(e.getKey())))
        .toList();
  }

  private @Nullable String failedPath(MessageId id) {
    return messages
        .find(id)
        .flatMap(stored -> stored.message().failure())
        .flatMap(failure -> Optional.ofNullable(failure.field()))
        .orElse(null);
  }

  private EditLocks locks() {
    return EditLocks.of(settings, currentOperator.get().roles());
  }
}
