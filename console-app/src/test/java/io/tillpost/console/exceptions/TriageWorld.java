package io.tillpost.console.exceptions;

import io.tillpost.alerting.notify.MailSettings;
import io.tillpost.alerting.notify.PersonalMails;
import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.classification.ClassificationRules;
import io.tillpost.console.classification.Classifier;
import io.tillpost.console.classification.RuleText;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.console.security.StoreScope;
import io.tillpost.console.security.Teams;
import io.tillpost.failure.Fingerprint;
import io.tillpost.failure.IgnoredUntil;
import io.tillpost.location.StoreDirectory;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MoneySum;
import io.tillpost.message.Stage;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.GroupingStore;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Triage over stores in memory, in which a test makes failures; support is logged in. */
abstract class TriageWorld {
  final InMemoryStores stores = new InMemoryStores();
  final MutableClock clock = MutableClock.at(Samples.MORNING.plusSeconds(3_600));
  final AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
  final TriageRecords records = new TriageRecords(stores.documents(), stores.failures());
  final GroupingStore groupings = new GroupingStore(stores.documents());
  final Regrouping regrouping =
      new Regrouping(groupings, records, audit, new CurrentOperator(), clock);
  final Merging merging = new Merging(regrouping, records);
  final Splitting splitting = new Splitting(regrouping, records, stores.failures());
  final Map<String, String> addresses = new HashMap<>();
  final Map<String, StoreScope> scopes = new HashMap<>();
  Teams teams = Teams.NONE;
  final MailSettings settings =
      new MailSettings(
          "Tillpost <tillpost@chain.example>",
          Map.of(),
          "alerts.chain.example",
          URI.create("https://tillpost.chain.example"));
  final MentionMails mentions = mentionMails();
  final Set<String> users = new HashSet<>(Set.of("support", "oncall"));
  final KnownOperators known = users::contains;
  final RecoveryNews news =
      new RecoveryNews(
          records,
          stores.failures(),
          new OperationExceptions(stores.documents(), stores.failures()),
          new RecoveriesUnderWay(stores.documents(), stores.failures()),
          known,
          clock);
  ClassificationRules rules = ClassificationRules.NONE;
  final Classifier classifier = new Classifier(() -> rules, stores.messages(), clock);
  final ExceptionSweep sweep =
      new ExceptionSweep(
          records,
          stores.failures(),
          classifier,
          regrouping,
          mentions,
          new RecoveriesUnderWay(stores.documents(), stores.failures()),
          clock);
  final Triage triage =
      new Triage(
          records,
          stores.failures(),
          audit,
          new CurrentOperator(),
          known,
          new TeamNames(() -> teams),
          classifier,
          clock);
  final ExceptionInbox inbox =
      new ExceptionInbox(
          stores.failures(),
          stores.messages(),
          StoreDirectory.of(List.of()),
          records,
          classifier,
          known,
          () -> MyTeams.of(new CurrentOperator().get().id(), teams),
          Samples.workflows(),
          new LastRecoveries(stores.documents(), stores.failures(), new CurrentOperator(), clock),
          clock);

  final OneAfterAnother oneAfterAnother = new OneAfterAnother(records, stores.failures());

  final BulkTriage bulk() {
    return new BulkTriage(triage, oneAfterAnother, new CurrentOperator());
  }

  /** As another console has them. */
  final MentionMails mentionMails() {
    return mentionMails(stores);
  }

  /** One that writes mails there. */
  final MentionMails mentionMails(InMemoryStores log) {
    return new MentionMails(
        records,
        stores.documents(),
        Optional.of(new PersonalMails(log.documents(), settings, true, clock)),
        new Addressees(
            () -> addresses,
            () -> teams,
            login -> Optional.of(scopes.getOrDefault(login, StoreScope.ALL))),
        new ExceptionStores(stores.failures()),
        login -> "Mr " + login,
        new MentionMailTiming(true, Duration.ofMinutes(1), Duration.ofMinutes(10)),
        ZoneOffset.UTC,
        clock);
  }

  @BeforeEach
  void logIn() {
    logIn("support");
  }

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  static void logIn(String user) {
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken(user, "", "ROLE_SUPPORT"));
  }

  static MessageBuilder sale(String store) {
    return Samples.aSale().store(store).amount(100, "EUR");
  }

  static IgnoredUntil untilMessages(long most) {
    return new IgnoredUntil(null, most, null, null);
  }

  static MessageBuilder stock(String store) {
    return Samples.aStockUpdate().store(store);
  }

  Fingerprint fail(String code, MessageBuilder... messages) {
    for (MessageBuilder message : messages) {
      write(
          message
              .failingWith(
                  Samples.aFailure()
                      .code(code)
                      .message("It does not work")
                      .failureClass(null)
                      .build())
              .throughStage(Stage.FAILED));
    }
    return stores
        .messages()
        .find(messages[0].messageId())
        .orElseThrow()
        .message()
        .fingerprint()
        .orElseThrow();
  }

  void write(List<MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }

  RecoveryOperation retryAll(Fingerprint fingerprint, String by) {
    return RecoveryOperation.planned(
        "o-" + by,
        RecoveryAction.RETRY,
        by,
        "Tax code is there",
        clock.instant(),
        new OperationScope(
            OperationScope.Kind.EXCEPTION, fingerprint.value(), fingerprint.value(), "All"),
        "middleware");
  }

  /** Previewed, of a list that was chosen by ticking exceptions. */
  RecoveryOperation retryOf(String id, String by, Fingerprint... exceptions) {
    Map<String, Integer> messages = new HashMap<>();
    List.of(exceptions).forEach(one -> messages.put(one.value(), 1));
    OperationSummary summary =
        OperationSummary.of(9, 9, 0, 1, MoneySum.NONE, Map.of(), Map.of(), "hash")
            .withExceptions(messages);
    return RecoveryOperation.planned(
            id,
            RecoveryAction.RETRY,
            by,
            "Again",
            clock.instant(),
            new OperationScope(OperationScope.Kind.SELECTION, "2", null, "2 chosen exceptions"),
            "middleware")
        .frozen(summary, clock.instant())
        .orElseThrow();
  }

  List<String> codes(ExceptionFilter filter) {
    return inbox.list(filter).stream().map(e -> e.group().sample().code()).toList();
  }

  static ClassificationRules rules(String text) {
    return switch (RuleText.read(text)) {
      case RuleText.Valid valid -> valid.rules();
      case RuleText.Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }

  List<String> audited(Fingerprint exception) {
    return auditOf(exception).stream().map(e -> e.action().name()).toList();
  }

  List<AuditEntry> auditOf(Fingerprint exception) {
    return stores
        .documents()
        .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
        .find(DocumentQuery.ALL)
        .items()
        .stream()
        .map(d -> d.value())
        .filter(e -> e.subjectId().equals(exception.value()))
        .toList();
  }
}
