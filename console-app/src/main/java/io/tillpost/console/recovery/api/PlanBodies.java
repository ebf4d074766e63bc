package io.tillpost.console.recovery.api;

import io.tillpost.console.recovery.AnywayChoice;
import io.tillpost.console.recovery.AnywayWish;
import io.tillpost.console.recovery.Chosen;
import io.tillpost.console.recovery.EarlierWish;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.OperationAnswer;
import io.tillpost.console.recovery.RetryRequest;
import io.tillpost.console.recovery.act.Discards;
import io.tillpost.console.recovery.act.Recovery;
import io.tillpost.console.recovery.act.Replays;
import io.tillpost.console.recovery.edit.EditAndRetry;
import io.tillpost.console.recovery.edit.EditRule;
import io.tillpost.console.recovery.edit.RuleAgain;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageId;
import io.tillpost.recovery.EarlierChoice;
import io.tillpost.recovery.RecoveryAction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the API is asked to plan, and has it planned. The names are a public contract. */
final class PlanBodies {
  private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{16}");

  private final Recovery recovery;
  private final Discards discards;
  private final EditAndRetry edits;
  private final RuleAgain again;
  private final Replays replays;

  PlanBodies(
      Recovery recovery, Discards discards, EditAndRetry edits, RuleAgain again, Replays replays) {
    this.recovery = recovery;
    this.discards = discards;
    this.edits = edits;
    this.again = again;
    this.replays = replays;
  }

  /**
   * What to do with which messages: exactly one of exceptionId, exceptionIds, messageIds, restOf,
   * againOf, discardedBy and filter.
   *
   * @param action RETRY if absent
   * @param exceptionId all messages that are failed in this exception now
   * @param exceptionIds all messages that are failed in these exceptions now, up to 2,000
   *     exceptions
   * @param messageIds these messages, up to 1,000
   * @param restOf what this operation did not bring to its end
   * @param againOf the messages of this edit by rule, to be corrected by another rule; only with
   *     EDIT_AND_RETRY and set. All of them where it is still previewed or was never started, else
   *     what did not get through; one's own preview is cancelled then, since this one is in its
   *     place
   * @param discardedBy what this operation discarded; only to be restored
   * @param filter all messages that match it now
   * @param set the field that is set; only with EDIT_AND_RETRY. Absent with restOf an edit: then
   *     the rest is corrected as it was
   * @param channel where they go; only with REPLAY. Absent with restOf a replay: then the rest goes
   *     where the others went
   * @param earlier what becomes of messages with an earlier one about the same business object that
   *     has failed and does not go with them; LEAVE_OUT if absent
   * @param earlierReason why they go all the same, 3 to 500 characters; only with SEND_ANYWAY
   * @param superseded what becomes of messages that a newer one about the same business object
   *     makes needless, in workflows where it does; LEAVE_OUT if absent
   * @param supersededReason why they go all the same, 3 to 500 characters; only with SEND_ANYWAY
   */
  record PlanBody(
      @Nullable RecoveryAction action,
      @Nullable String exceptionId,
      @Nullable List<String> exceptionIds,
      @Nullable List<String> messageIds,
      @Nullable String restOf,
      @Nullable String againOf,
      @Nullable String discardedBy,
      @Nullable FilterBody filter,
      @Nullable RuleBody set,
      @Nullable String channel,
      @Nullable EarlierChoice earlier,
      @Nullable String earlierReason,
      @Nullable AnywayChoice superseded,
      @Nullable String supersededReason) {
    RetryRequest request(@Nullable String key) {
      return RetryRequest.plan(PlanBodies.wish(earlier, earlierReason), key)
          .withSuperseded(AnywayWish.of(superseded, supersededReason));
    }
  }

  /** The wish for what of an API may be absent. */
  static EarlierWish wish(@Nullable EarlierChoice choice, @Nullable String reason) {
    return new EarlierWish(choice == null ? EarlierChoice.LEAVE_OUT : choice, reason);
  }

  /**
   * A field that is set in every payload.
   *
   * @param field its path, like lines[*].unit
   * @param where only where it has this value
   * @param value the new one
   */
  record RuleBody(@Nullable String field, @Nullable String where, @Nullable String value) {
    EditRule rule() {
      return new EditRule(field == null ? "" : field, where, value == null ? "" : value);
    }
  }

  /**
   * Which messages; everything given must hold.
   *
   * @param text what a person would read from a receipt
   * @param workflows any of these
   * @param stores any of these
   * @param targets any of these
   * @param from captured at or after
   * @param to captured before
   */
  record FilterBody(
      @Nullable String text,
      @Nullable Set<String> workflows,
      @Nullable Set<String> stores,
      @Nullable Set<String> targets,
      @Nullable Instant from,
      @Nullable Instant to) {
    ListFilter filter() {
      return new ListFilter(text, any(workflows), any(stores), any(targets), from, to);
    }

    private static Set<String> any(@Nullable Set<String> values) {
      return values == null ? Set.of() : values;
    }
  }

  OperationAnswer plan(PlanBody body, @Nullable String key) {
    long given =
        Stream.of(
                Optional.ofNullable(body.exceptionId()),
                Optional.ofNullable(body.exceptionIds()),
                Optional.ofNullable(body.messageIds()),
                Optional.ofNullable(body.restOf()),
                Optional.ofNullable(body.againOf()),
                Optional.ofNullable(body.discardedBy()),
                Optional.ofNullable(body.filter()))
            .filter(Optional::isPresent)
            .count();
    if (given != 1) {
      return new OperationAnswer.Invalid(
          "Exactly one of exceptionId, exceptionIds, messageIds, restOf, againOf, discardedBy and filter is needed");
    }
    RecoveryAction action = body.action() == null ? RecoveryAction.RETRY : body.action();
    if ((body.discardedBy() != null) != (action == RecoveryAction.RESTORE)
        && body.messageIds() == null
        && body.filter() == null) {
      return new OperationAnswer.Invalid("%s is not planned over such a list".formatted(action));
    }
    if (body.againOf() != null && (action != RecoveryAction.EDIT_AND_RETRY || body.set() == null)) {
      return new OperationAnswer.Invalid("againOf is for EDIT_AND_RETRY with what to set");
    }
    List<String> messages = body.messageIds();
    if (messages != null && messages.stream().anyMatch(PlanBodies::isNoId)) {
      return new OperationAnswer.Invalid("A message id has 1 to 200 characters");
    }
    Optional<String> noException =
        exceptions(body).stream().filter(id -> !FINGERPRINT.matcher(id).matches()).findFirst();
    if (noException.isPresent()) {
      return new OperationAnswer.NotFound("There is no exception " + noException.get());
    }
    return plan(action, body, chosen(body), key);
  }

  private OperationAnswer plan(
      RecoveryAction action, PlanBody body, Chosen chosen, @Nullable String key) {
    return switch (action) {
      case RETRY -> recovery.planAs(chosen, body.request(key));
      case DISCARD -> discards.plan(chosen, key);
      case RESTORE -> discards.planRestore(chosen, key);
      case EDIT_AND_RETRY -> {
        if (body.set() != null) {
          yield chosen instanceof Chosen.AgainOf edit
              ? again.plan(edit.operationId(), body.set().rule(), body.request(key))
              : edits.planRuleAs(chosen, body.set().rule(), body.request(key));
        }
        yield chosen instanceof Chosen.RestOf rest
            ? edits.planRestAs(rest.operationId(), body.request(key))
            : new OperationAnswer.Invalid("EDIT_AND_RETRY of a list needs what to set");
      }
      case REPLAY ->
          switch (chosen) {
            case Chosen.Matching matching when body.channel() != null ->
                replays.planAs(matching.filter(), body.channel(), body.request(key));
            case Chosen.RestOf rest when body.channel() == null ->
                replays.planRestAs(rest.operationId(), body.request(key));
            case Chosen.RestOf _ ->
                new OperationAnswer.Invalid(
                    "The rest of a replay goes to the channel of that replay: leave out channel");
            default ->
                new OperationAnswer.Invalid(
                    "REPLAY needs a filter and a channel, or restOf a replay");
          };
    };
  }

  private static List<String> exceptions(PlanBody body) {
    List<String> several = body.exceptionIds();
    if (several != null) {
      return several.stream().map(String::valueOf).toList();
    }
    return body.exceptionId() == null ? List.of() : List.of(body.exceptionId());
  }

  private static Chosen chosen(PlanBody body) {
    if (body.exceptionIds() != null) {
      return new Chosen.OfExceptions(exceptions(body).stream().map(Fingerprint::new).toList());
    }
    if (body.exceptionId() != null) {
      return new Chosen.OfException(new Fingerprint(body.exceptionId()));
    }
    if (body.messageIds() != null) {
      return Chosen.Several.of(body.messageIds().stream().map(MessageId::new).toList());
    }
    if (body.restOf() != null) {
      return new Chosen.RestOf(body.restOf());
    }
    if (body.againOf() != null) {
      return new Chosen.AgainOf(body.againOf());
    }
    if (body.filter() != null) {
      return new Chosen.Matching(body.filter().filter());
    }
    if (body.discardedBy() != null) {
      return new Chosen.DiscardedBy(body.discardedBy());
    }
    throw new IllegalArgumentException("Looked at before: one of them is given");
  }

  private static boolean isNoId(@Nullable String id) {
    return id == null || id.isBlank() || id.length() > MessageId.MAX_LENGTH;
  }
}
