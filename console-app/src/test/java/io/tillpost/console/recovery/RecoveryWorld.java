package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tillpost.console.audit.AuditEntry;
import io.tillpost.console.recovery.channel.ChannelSecret;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.security.Role;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemEvent;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationScope;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.PlannedMessage;
import io.tillpost.recovery.Preparation;
import io.tillpost.recovery.RecoveryAction;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentKind;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentStore;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContextHolder;

/** Stores with failed sales, a middleware to talk to, and any number of consoles. */
public final class RecoveryWorld implements AutoCloseable {
  public static final String SECRET = "correct horse battery staple";

  /** How long tests wait for what is seen in a moment unless the machine is busy. */
  public static final Duration PATIENCE = Duration.ofSeconds(40);

  public static final EditProperties EDITS =
      new EditProperties(
          List.of("amount", "tax", "tender"), Map.of(Role.ADMIN, List.of("taxCode")), List.of());

  /** Quick to look again, and patient where a busy machine takes its time. */
  public static final RecoveryProperties FAST =
      new RecoveryProperties(
          Duration.ofMillis(400),
          Duration.ofMillis(20),
          Duration.ofMillis(20),
          Duration.ofMillis(80),
          Duration.ofMillis(50),
          Duration.ofMillis(50),
          Duration.ofDays(1),
          Duration.ofMinutes(2),
          new StartProperties(5, 20, 100, Duration.ofSeconds(1), 20, Duration.ofSeconds(10), 10),
          Map.of("default", target(5_000, 64)),
          null,
          new FourEyesProperties(100, Map.of("EUR", 10_000_000L), false, false),
          Set.of("inventory-sync"),
          EDITS,
          Duration.ofMillis(50),
          100_000,
          Map.of());

  /** When the first {@link #sale} was captured; those of the same minute are of the same day. */
  public final Instant captured = Instant.now().minusSeconds(600).truncatedTo(ChronoUnit.MINUTES);

  public final InMemoryStores stores = new InMemoryStores();
  public final TestTriage triage = new TestTriage(stores.failures());
  public final TestChannel channel = new TestChannel();
  private final Map<String, MessageBuilder> sales = new ConcurrentHashMap<>();
  private final List<TestConsole> consoles = new ArrayList<>();
  private RecoveryProperties pace = FAST;
  private Clock clock = Clock.systemUTC();
  private @Nullable URI lookUpUrl;
  private final List<String> others = new ArrayList<>();
  private boolean channelGone;
  private Duration timeout = Duration.ofSeconds(15);
  private Duration deadline = Duration.ofMinutes(1);

  public RecoveryWorld() {
    TestConsole.logIn("support", "SUPPORT");
  }

  public RecoveryWorld deadline(Duration newDeadline) {
    deadline = newDeadline;
    return this;
  }

  /** How gently the consoles work that are made from now on. */
  public RecoveryWorld pace(RecoveryProperties newPace) {
    pace = newPace;
    return this;
  }

  /** What time it is for the consoles that are made from now on. */
  public RecoveryWorld clock(Clock newClock) {
    clock = newClock;
    return this;
  }

  public static TargetProperties target(double rate, int concurrency) {
    return new TargetProperties(rate, concurrency, null, List.of(), List.of());
  }

  public RecoveryWorld timeout(Duration newTimeout) {
    timeout = newTimeout;
    return this;
  }

  /** From now on the channel offers look-ups. */
  public RecoveryWorld offersLookUps() {
    lookUpUrl = channel.lookUpUrl();
    return this;
  }

  /** From now on consoles have another channel too; no message of a test goes there by itself. */
  public void addChannel(String name) {
    others.add(name);
  }

  /** It is not in the configuration of consoles that are made from now on. */
  public void takeChannelAway() {
    channelGone = true;
  }

  public RecoveryChannels channels() {
    if (channelGone) {
      return new RecoveryChannels(List.of());
    }
    List<RecoveryChannel> all = new ArrayList<>();
    all.add(channel("middleware", List.of("sales-posting", "inventory-sync")));
    others.forEach(name -> all.add(channel(name, List.of("only-" + name))));
    return new RecoveryChannels(all);
  }

  private RecoveryChannel channel(String name, List<String> workflows) {
    return new RecoveryChannel(
        name, channel.url(), new ChannelSecret(SECRET), workflows, timeout, deadline, 4, lookUpUrl);
  }

  public TestConsole console() {
    return console(stores.documents());
  }

  public TestConsole console(DocumentStore documents) {
    TestConsole console = idleConsole(documents);
    return console.start();
  }

  /** A console whose dispatcher does not run. */
  public TestConsole idleConsole(DocumentStore documents) {
    return idleConsole(documents, PlanSize.upTo(pace.longestList()), null);
  }

  /**
   * One that plans so.
   *
   * @param planThreads freeze long lists; null for those of a console
   */
  public TestConsole idleConsole(
      DocumentStore documents, PlanSize size, @Nullable Executor planThreads) {
    TestConsole console =
        new TestConsole(
            documents,
            stores.messages(),
            stores.ingestWriter(),
            channels(),
            pace,
            triage,
            List.of(),
            size,
            planThreads,
            clock);
    consoles.add(console);
    return console;
  }

  /** A sale whose first attempt failed. */
  public MessageId aFailedSale() {
    return failed(Samples.aSale().capturedAt(Instant.now().minusSeconds(600)));
  }

  /** A sale about that transaction whose first attempt failed, captured so many seconds later. */
  public MessageId sale(long transaction, int later) {
    return failed(
        Samples.aSale().transactionNumber(transaction).capturedAt(captured.plusSeconds(later)));
  }

  /** So many sales whose first attempt failed. */
  public List<MessageId> sales(int count) {
    return IntStream.range(0, count).mapToObj(_ -> aFailedSale()).toList();
  }

  /** This message, whose first attempt failed. */
  public MessageId failed(MessageBuilder sale) {
    sales.put(sale.messageId().value(), sale);
    write(sale.throughStage(Stage.FAILED));
    return sale.messageId();
  }

  /** The middleware reports that stage for that attempt. */
  public void report(MessageId id, int attempt, Stage stage) {
    write(List.of(event(id, attempt, stage)));
  }

  public MessageEvent event(MessageId id, int attempt, Stage stage) {
    return sales.get(id.value()).attempt(attempt, Instant.now()).event(stage);
  }

  public void write(List<MessageEvent> events) {
    assertThat(stores.ingestWriter().write(new IngestWriter.Batch(events, List.of())))
        .isInstanceOf(IngestWriter.Result.Written.class);
  }

  /** The middleware takes each request and the target confirms it. */
  public TestChannel.Answer takeAndConfirm(TestChannel.Call call) {
    report(
        new MessageId(call.json().get("messageId").stringValue()), attempt(call), Stage.CONFIRMED);
    return TestChannel.Answer.of(202);
  }

  public static int attempt(TestChannel.Call call) {
    return call.json().get("attempt").intValue();
  }

  public static RecoveryOperation accepted(OperationAnswer answer) {
    assertThat(answer).isInstanceOf(OperationAnswer.Accepted.class);
    return ((OperationAnswer.Accepted) answer).operation();
  }

  public static RetryRequest because(String reason) {
    return new RetryRequest(reason, null);
  }

  /** All items of an operation as search shows them, in the order of the list. */
  public static List<Versioned<RecoveryItem>> itemsOf(RecoveryRecords records, String operationId) {
    List<Versioned<RecoveryItem>> all = new ArrayList<>();
    records.eachItem(operationId, all::addAll);
    all.sort(Comparator.comparingInt(item -> item.value().position()));
    return all;
  }

  /** An operation of support whose list of 80,000 messages is being frozen; its id. */
  public static String beingPrepared(DocumentStore documents) {
    return beingPrepared(documents, new Preparation(80_000, 23_000, Instant.now()));
  }

  /** The same whose list is prepared so far. */
  public static String beingPrepared(DocumentStore documents, Preparation soFar) {
    String id = UUID.randomUUID().toString();
    Instant now = Instant.now();
    RecoveryOperation operation =
        RecoveryOperation.planned(
                id,
                RecoveryAction.RETRY,
                "support",
                "",
                now,
                new OperationScope(
                    OperationScope.Kind.FILTER, "all", null, "All 80,000 messages of: last night"),
                "middleware")
            .preparing(soFar);
    assertThat(new RecoveryRecords(documents).operations().create(id, operation)).isTrue();
    return id;
  }

  /** The second attempt of a sale by operation {@code o-1}, which is not stored. */
  public static RecoveryItem planned(
      String messageId, @Nullable String target, @Nullable String store) {
    Instant now = Instant.now();
    return RecoveryItem.planned(
        "o-1",
        messageId,
        new PlannedMessage("sales-posting", store, target, null, null, now),
        0,
        2,
        now);
  }

  /** Stores the item as one that was taken and never confirmed; its document id. */
  public static String unconfirmed(
      DocumentStore documents, RecoveryItem planned, Instant deadline) {
    Instant now = Instant.now();
    RecoveryItem item =
        planned
            .after(new ItemEvent.DispatchStarted("gone", now, deadline, "trace"), now)
            .flatMap(sending -> sending.after(new ItemEvent.Taken(deadline), now))
            .flatMap(sent -> sent.after(new ItemEvent.DeadlinePassed(), now))
            .orElseThrow();
    String id = RecoveryItem.id(item.operationId(), item.messageId());
    assertThat(new RecoveryRecords(documents).items().create(id, item)).isTrue();
    return id;
  }

  public RecoveryItem item(RecoveryOperation operation, MessageId id) {
    return new RecoveryRecords(stores.documents())
        .items()
        .get(RecoveryItem.id(operation.id(), id.value()))
        .orElseThrow()
        .value();
  }

  public RecoveryItem awaitState(RecoveryOperation operation, MessageId id, ItemState state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(item(operation, id).state()).isEqualTo(state));
    return item(operation, id);
  }

  /** Until no request has come for a while, longer than a change of state takes to be seen. */
  public void awaitQuiet(RecoveryOperation operation) {
    AtomicInteger last = new AtomicInteger(-1);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(900))
        .until(() -> last.getAndSet(channel.keys().size()) == last.get());
    assertThat(now(operation).state().open()).isTrue();
  }

  public void awaitFinished(RecoveryOperation operation) {
    awaitState(operation, OperationState.FINISHED);
  }

  public RecoveryOperation awaitState(RecoveryOperation operation, OperationState state) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(now(operation).state()).isEqualTo(state));
    return now(operation);
  }

  public RecoveryOperation now(RecoveryOperation operation) {
    return new RecoveryRecords(stores.documents())
        .operations()
        .get(operation.id())
        .orElseThrow()
        .value();
  }

  /** All entries of the audit trail. */
  public List<AuditEntry> auditTrail() {
    return stores
        .documents()
        .of(new DocumentKind<>("audit-entries", AuditEntry.class, Map.of(), true))
        .find(DocumentQuery.ALL)
        .items()
        .stream()
        .map(Versioned::value)
        .toList();
  }

  /** The exception that all these sales belong to. */
  public Fingerprint exceptionOf(MessageId sale) {
    return stores.messages().find(sale).orElseThrow().message().fingerprint().orElseThrow();
  }

  @Override
  public void close() {
    consoles.forEach(TestConsole::close);
    channel.close();
    SecurityContextHolder.clearContext();
  }
}
