package io.tillpost.console.alerting;

import io.tillpost.alerting.AlertRules;
import io.tillpost.alerting.Alerts;
import io.tillpost.alerting.Alerts.Acknowledged;
import io.tillpost.alerting.NotificationLog;
import io.tillpost.alerting.evaluate.Alert;
import io.tillpost.alerting.evaluate.AlertTransition;
import io.tillpost.alerting.notify.Notification;
import io.tillpost.alerting.rule.AlertRule;
import io.tillpost.alerting.rule.Problem;
import io.tillpost.alerting.rule.RuleSource;
import io.tillpost.console.alerting.AlertsSnapshot.NotEvaluated;
import io.tillpost.console.audit.AuditAct;
import io.tillpost.console.audit.AuditAction;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditLog.Ending;
import io.tillpost.console.audit.AuditSubject;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.Permission;
import io.tillpost.store.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Service;

/**
 * What operators may see of alerts and do with them. Where alerting is switched off, there is
 * nothing to see; {@link #isOn} tells. Methods throw {@link
 * io.tillpost.store.StoreUnavailableException} while the storage does not answer.
 */
@Service
@PreAuthorize("hasRole('" + Permission.Name.VIEW + "')")
public class AlertDesk {
  private static final int HISTORY = 100;

  private final ObjectProvider<Alerts> alerts;
  private final ObjectProvider<NotificationLog> log;
  private final ObjectProvider<AlertRules> rules;
  private final AuditLog audit;
  private final CurrentOperator operator;

  /** Made by Spring. */
  public AlertDesk(
      ObjectProvider<Alerts> alerts,
      ObjectProvider<NotificationLog> log,
      ObjectProvider<AlertRules> rules,
      AuditLog audit,
      CurrentOperator operator) {
    this.alerts = alerts;
    this.log = log;
    this.rules = rules;
    this.audit = audit;
    this.operator = operator;
  }

  /** Whether this console evaluates rules and sends mail. */
  public boolean isOn() {
    return alerts.getIfAvailable() != null;
  }

  /** The alerts now. */
  public AlertsSnapshot now() {
    Alerts service = alerts.getIfAvailable();
    if (service == null) {
      return new AlertsSnapshot(List.of(), List.of(), false, List.of());
    }
    List<NotEvaluated> failing =
        service.evaluations().entrySet().stream()
            .flatMap(
                entry -> {
                  Instant since = entry.getValue().failingSince();
                  String error = entry.getValue().error();
                  return since == null || error == null
                      ? Stream.empty()
                      : Stream.of(new NotEvaluated(entry.getKey(), since, error));
                })
            .sorted(Comparator.comparing(NotEvaluated::rule))
            .toList();
    Page<AlertTransition> history = service.history(HISTORY, null);
    return new AlertsSnapshot(service.active(), history.items(), history.next() != null, failing);
  }

  /** What happened to alerts since then, latest first, at most 100. */
  public List<AlertTransition> since(Instant from) {
    Alerts service = alerts.getIfAvailable();
    return service == null
        ? List.of()
        : service.history(HISTORY, null).items().stream()
            .filter(transition -> !transition.at().isBefore(from))
            .toList();
  }

  /** The alert with this id, in whatever state. */
  public Optional<Alert> find(String id) {
    return Optional.ofNullable(alerts.getIfAvailable()).flatMap(service -> service.find(id));
  }

  /** The latest mails, latest first, at most 200; with these words in the subject if not blank. */
  public Page<Notification> notifications(String text) {
    NotificationLog service = log.getIfAvailable();
    return service == null
        ? new Page<>(List.of(), 0, null)
        : service.search(text, null, Set.of(), 200, null);
  }

  /** The mail with this id. */
  public Optional<Notification> notification(String id) {
    return Optional.ofNullable(log.getIfAvailable()).flatMap(service -> service.find(id));
  }

  /** The rules that are evaluated, in the order of their files. */
  public List<AlertRule> rules() {
    return from(AlertRules::rules);
  }

  /** What is wrong with rule files. */
  public List<Problem> problems() {
    return from(AlertRules::problems);
  }

  /** The rule files as they were read. */
  public List<RuleSource> sources() {
    return from(AlertRules::sources);
  }

  /**
   * Takes a firing alert in the name of the current operator.
   *
   * @param note may be empty; cut at {@link Alerts#MAX_NOTE} characters
   */
  @PreAuthorize("hasRole('" + Permission.Name.ACKNOWLEDGE_ALERT + "')")
  public Acknowledged acknowledge(String id, String note) {
    Alerts service = alerts.getIfAvailable();
    if (service == null) {
      return new Acknowledged.NotFound();
    }
    String by = operator.get().id();
    String stripped = note.strip();
    String said = stripped.substring(0, Math.min(stripped.length(), Alerts.MAX_NOTE));
    AuditAct act =
        AuditAct.of(
                by, AuditAction.ACKNOWLEDGE_ALERT, new AuditSubject(AuditSubject.Kind.ALERT, id))
            .because(said.isBlank() ? null : said);
    return audit.record(act, () -> service.acknowledge(id, by, said), AlertDesk::ending);
  }

  private static Ending ending(Acknowledged outcome) {
    return switch (outcome) {
      case Acknowledged.Done done -> Ending.done(done.alert().title());
      case Acknowledged.Already already ->
          Ending.refused("acknowledged by " + already.by().by() + " already");
      case Acknowledged.NotFiring notFiring -> Ending.refused("it does not fire");
      case Acknowledged.NotFound notFound -> Ending.refused("there is no such alert");
    };
  }

  private <T> List<T> from(Function<AlertRules, List<T>> what) {
    AlertRules service = rules.getIfAvailable();
    return service == null ? List.of() : what.apply(service);
  }
}
