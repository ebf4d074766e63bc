package io.tillpost.console.audit;

import io.tillpost.console.security.RefusedRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Keeps a record of acts that were refused over HTTP. Who only wanted to look is not in it. */
@Component
final class RefusedCalls {
  /** What a call would have done, by the last word of its address. */
  private static final Map<String, AuditAction> BY_WORD =
      Map.ofEntries(
          Map.entry("retry", AuditAction.RETRY),
          Map.entry("edit", AuditAction.EDIT_AND_RETRY),
          Map.entry("discard", AuditAction.DISCARD),
          Map.entry("restore", AuditAction.RESTORE),
          Map.entry("ask-target", AuditAction.ASK_TARGET),
          Map.entry("settle", AuditAction.SETTLE),
          Map.entry("operations", AuditAction.PLAN_OPERATION),
          Map.entry("start", AuditAction.START_OPERATION),
          Map.entry("approve", AuditAction.APPROVE_OPERATION),
          Map.entry("decline", AuditAction.DECLINE_OPERATION),
          Map.entry("pause", AuditAction.PAUSE_OPERATION),
          Map.entry("resume", AuditAction.RESUME_OPERATION),
          Map.entry("cancel", AuditAction.CANCEL_OPERATION),
          Map.entry("freeze", AuditAction.FREEZE_TARGET),
          Map.entry("lift", AuditAction.LIFT_FREEZE),
          Map.entry("classify", AuditAction.CLASSIFY),
          Map.entry("owner", AuditAction.SET_OWNER_SIDE),
          Map.entry("assign", AuditAction.ASSIGN),
          Map.entry("comment", AuditAction.COMMENT),
          Map.entry("ticket", AuditAction.LINK_TICKET),
          Map.entry("ignore", AuditAction.IGNORE),
          Map.entry("notice", AuditAction.NOTICE),
          Map.entry("merge", AuditAction.MERGE),
          Map.entry("take-apart", AuditAction.TAKE_APART),
          Map.entry("split", AuditAction.SPLIT),
          Map.entry("put-back", AuditAction.TAKE_APART),
          Map.entry("automatic-retry", AuditAction.STOP_AUTOMATIC_RETRY),
          Map.entry("triage", AuditAction.CLASSIFY),
          Map.entry("classification-rules", AuditAction.CHANGE_RULES),
          Map.entry("views", AuditAction.KEEP_VIEW),
          Map.entry("acknowledge", AuditAction.ACKNOWLEDGE_ALERT),
          Map.entry("send-again", AuditAction.SEND_AGAIN),
          Map.entry("senders", AuditAction.MAKE_SENDER),
          Map.entry("bounds", AuditAction.BOUND_SENDER),
          Map.entry("rotate", AuditAction.ROTATE_KEY),
          Map.entry("revoke", AuditAction.REVOKE_KEY),
          Map.entry("certificates", AuditAction.ADD_CERTIFICATE),
          Map.entry("replace", AuditAction.REPLACE_CERTIFICATE),
          Map.entry("remove", AuditAction.REMOVE_CERTIFICATE),
          Map.entry("exceptions.csv", AuditAction.EXPORT),
          Map.entry("exceptions.xlsx", AuditAction.EXPORT),
          Map.entry("items.csv", AuditAction.EXPORT),
          Map.entry("audit.csv", AuditAction.EXPORT),
          Map.entry("verify", AuditAction.VERIFY_AUDIT));

  private static final Map<String, AuditSubject.Kind> BY_FOLDER =
      Map.of(
          "messages", AuditSubject.Kind.MESSAGE,
          "exceptions", AuditSubject.Kind.EXCEPTION,
          "operations", AuditSubject.Kind.OPERATION,
          "targets", AuditSubject.Kind.TARGET,
          "senders", AuditSubject.Kind.SENDER,
          "alerts", AuditSubject.Kind.ALERT,
          "parked-records", AuditSubject.Kind.PARKED_RECORD);

  /** Where the id of what it is about stands in an address. */
  private static final List<String> IDS = List.of("messageId", "id", "name");

  private static final int LONGEST_ID = 200;
  private static final Set<String> LOOKING = Set.of("GET", "HEAD");

  private final AuditLog log;

  RefusedCalls(AuditLog log) {
    this.log = log;
  }

  @EventListener
  void refused(RefusedRequest request) {
    action(request.method(), request.pattern())
        .ifPresent(
            action ->
                log.refused(AuditAct.of(request.actor(), action, subject(request)), request.why()));
  }

  /** What the call would have done; empty where it would only have looked. */
  static Optional<AuditAction> action(String method, @Nullable String pattern) {
    String address = pattern == null ? "" : pattern;
    AuditAction known = BY_WORD.get(address.substring(address.lastIndexOf('/') + 1));
    if (LOOKING.contains(method)) {
      return known == AuditAction.EXPORT ? Optional.of(known) : Optional.empty();
    }
    // What a trial of rules says is no act, and changes nothing.
    return address.endsWith("/try")
        ? Optional.empty()
        : Optional.of(known == null ? AuditAction.ADMINISTER : known);
  }

  /** Anything may stand in an address; what cannot be looked up is not told as if it could. */
  private static boolean isOne(AuditSubject.Kind kind, String id) {
    return kind == AuditSubject.Kind.EXCEPTION
        ? id.matches("[0-9a-f]{16}")
        : !id.isBlank() && id.length() <= LONGEST_ID;
  }

  static AuditSubject subject(RefusedRequest request) {
    String[] parts = String.valueOf(request.pattern()).split("/", -1);
    String folder = parts.length > 3 ? parts[3] : "";
    // Whatever it is in: a message is a message.
    AuditSubject.Kind kind =
        request.variables().containsKey("messageId")
            ? AuditSubject.Kind.MESSAGE
            : BY_FOLDER.get(folder);
    AuditSubject who = new AuditSubject(AuditSubject.Kind.OPERATOR, request.actor());
    if (kind == null) {
      return who;
    }
    return IDS.stream()
        .flatMap(name -> Stream.ofNullable(request.variables().get(name)))
        .filter(id -> isOne(kind, id))
        .findFirst()
        .map(id -> new AuditSubject(kind, id))
        .orElse(who);
  }
}
