package io.tillpost.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.audit.AuditLog;
import io.tillpost.console.audit.AuditTrails;
import io.tillpost.console.schema.PayloadSchemas;
import io.tillpost.console.security.CurrentOperator;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.Message;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.OperationSummary;
import io.tillpost.recovery.RecoveryClaim;
import io.tillpost.recovery.RecoveryItem;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.DocumentQuery.Condition;
import io.tillpost.store.Documents.Versioned;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Operators, consoles that die, answers of every kind and events that come late, twice or in the
 * wrong order, interleaved at random: no attempt goes out while an earlier one may get through, and
 * every message of every operation comes to a true outcome. {@code -Dtillpost.model.seeds=5000}
 * tries more of them; {@code -Dtillpost.model.from} begins elsewhere.
 */
@Execution(ExecutionMode.CONCURRENT)
class ModelTest {
  private static final int STEPS = 250;
  private static final int AT_MOST = 2;
  private static final int FOUR_EYES = 5;
  private static final ListFilter WINDOW =
      new ListFilter(
          null, Set.of(), Set.of(), Set.of(), Samples.MORNING, Samples.MORNING.plusSeconds(3_600));

  /**
   * @param fourEyes more messages than this need a second person
   */
  private static RecoveryProperties settings(int fourEyes) {
    return new RecoveryProperties(
        Duration.ofSeconds(2),
        Duration.ofMillis(200),
        Duration.ofMillis(1),
        Duration.ofMillis(1),
        Duration.ofMillis(200),
        Duration.ofMillis(200),
        Duration.ofDays(1),
        Duration.ofSeconds(30),
        new StartProperties(2, 4, 50, Duration.ofMillis(500), 70, Duration.ofSeconds(5), 10),
        Map.of("default", RecoveryWorld.target(100, 4)),
        new FourEyesProperties(fourEyes, Map.of(), false, true),
        Set.of(),
        RecoveryWorld.EDITS,
        Duration.ofMillis(200),
        100_000,
        Map.of(
            FailureClass.TRANSIENT,
            new AutomaticProperties(
                Duration.ofMillis(500), 2, Duration.ofSeconds(2), AT_MOST, 50, Set.of())));
  }

  static LongStream seeds() {
    long from = Long.getLong("tillpost.model.from", 1);
    return LongStream.range(from, from + Long.getLong("tillpost.model.seeds", 150));
  }

  private final InMemoryStores stores = new InMemoryStores();
  private final MutableClock clock = MutableClock.at(Samples.MORNING.plusSeconds(3_600));
  private final Map<String, MessageBuilder> sales = new HashMap<>();
  private final List<ModelConsole> consoles = new ArrayList<>();
  private final RecoveryChannel channel =
      new RecoveryChannel(
          "middleware",
          URI.create("http://nowhere.invalid/recovery"),
          new ChannelSecret("a secret of the test"),
          List.of("sales-posting"),
          Duration.ofMillis(300),
          Duration.ofSeconds(5),
          4,
          URI.create("http://nowhere.invalid/look-up"));
  // Set before anything else: of some seeds large lists need a second person, also those that
  // nobody asked for.
  private RecoveryProperties settings = settings(FOUR_EYES);
  private final TargetGates targets = new TargetGates(settings.targets(), ZoneOffset.UTC);
  private final TestTriage triage = new TestTriage(stores.failures());
  private WindowSize window = WindowSize.USUAL;
  private PlanSize planSize = PlanSize.upTo(STEPS);
  private int born;

  @AfterEach
  void logOut() {
    SecurityContextHolder.clearContext();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsSentTwiceAndNothingIsLost(long seed) {
    Random random = new Random(seed);
    settings = settings(seed % 2 == 0 ? FOUR_EYES : STEPS);
    // Smaller than most lists, so that it moves on while consoles die.
    planSize = new PlanSize(STEPS, 1 + (int) (seed % 5), 1 + (int) (seed % 3));
    window = new WindowSize(1 + (int) (seed % 3), 1 + (int) (seed % 4), 1 + (int) (seed % 2));
    ModelChannel middleware = new ModelChannel(random);
    middleware.watch(
        id -> {
          nothingBeforeItOnItsListHasStillToGo(id);
          noOtherOfItsObjectIsOnItsWay(id);
          nothingBeforeItIsFailedUnlessThatWasChosen(id);
          nothingBeginsByItselfThatIsLeftToPeople(id);
        });
    Operators operators = new Operators(random);
    for (int i = 0; i < 8; i++) {
      failedSale(random);
    }
    consoles.add(console(random, middleware));
    consoles.add(console(random, middleware));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(14)) {
        case 12 -> consoles.get(random.nextInt(consoles.size())).lookForDue();
        case 13 -> triage(random);
        case 0 -> operators.plan();
        case 1, 2 -> operators.steer();
        case 3, 4 -> report(middleware.arriving());
        case 5 -> clock.advance(Duration.ofMillis(random.nextInt(3_000)));
        default -> consoles.get(random.nextInt(consoles.size())).step();
      }
      clock.advance(Duration.ofMillis(random.nextInt(60)));
      consoles.replaceAll(console -> console.isDead() ? console(random, middleware) : console);
    }
    settle(middleware, operators);
    everyItemTellsTheTruth(middleware);
    noMessageWasRetriedByItselfTooOften();
    AuditTrails.assertIntact(stores.documents());
  }

  /** People stop automatic retry, classify, and take both back. */
  private void triage(Random random) {
    switch (random.nextInt(6)) {
      case 0 -> triage.stop("anna");
      case 1 -> triage.classify(FailureClass.MAPPING);
      case 2 -> triage.classify(FailureClass.TRANSIENT);
      default -> {
        triage.stop(null);
        triage.classify(null);
      }
    }
  }

  /** What was not claimed before that goes out for people only. */
  private void nothingBeginsByItselfThatIsLeftToPeople(MessageId id) {
    if (triage.lets()) {
      return;
    }
    Set<String> automatic =
        ModelConsole.operations(stores).stream()
            .filter(RecoveryOperation::isAutomatic)
            .map(RecoveryOperation::id)
            .collect(Collectors.toSet());
    assertThat(stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items())
        .map(Versioned::value)
        .filteredOn(item -> item.dispatches() == 1 && item.state() == ItemState.CLAIMED)
        .filteredOn(item -> item.holder() != null && !item.inDoubt())
        .filteredOn(item -> automatic.contains(item.operationId()))
        .as("begun by itself although it is left to people: " + id)
        .isEmpty();
  }

  private static DocumentQuery ofMessage(MessageId id) {
    return DocumentQuery.ALL.where("message_id", id.value());
  }

  /** Two messages about one business object are never on their way at once, over all operations. */
  private void noOtherOfItsObjectIsOnItsWay(MessageId id) {
    List<RecoveryItem> onTheirWay =
        stores
            .documents()
            .of(RecoveryKinds.ITEMS)
            .find(
                DocumentQuery.ALL.and(
                    new Condition.AnyOf(
                        "state", Set.of(ItemState.CLAIMED.name(), ItemState.SENT.name()))))
            .items()
            .stream()
            .map(Versioned::value)
            .filter(item -> !item.actionOrRetry().onlyRecorded())
            .toList();
    Set<String> objects =
        onTheirWay.stream()
            .filter(item -> item.messageId().equals(id.value()))
            .flatMap(item -> Optional.ofNullable(item.message().objectKey()).stream())
            .collect(Collectors.toSet());
    assertThat(onTheirWay)
        .filteredOn(item -> !item.messageId().equals(id.value()))
        .filteredOn(item -> objects.contains(String.valueOf(item.message().objectKey())))
        .as("on their way beside " + id)
        .isEmpty();
  }

  /** No message begins before an earlier one about its object that is failed at that moment. */
  private void nothingBeforeItIsFailedUnlessThatWasChosen(MessageId id) {
    Message message = stored(id);
    Optional<String> object = BusinessObject.of(message);
    List<MessageId> failed =
        sales.values().stream()
            .map(sale -> stored(sale.messageId()))
            .filter(other -> other.capturedAt().isBefore(message.capturedAt()))
            .filter(other -> object.isPresent() && BusinessObject.of(other).equals(object))
            .filter(other -> other.status().isFailed())
            .map(Message::id)
            .toList();
    assertThat(stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items())
        .map(Versioned::value)
        .filteredOn(item -> item.dispatches() == 1 && item.state() == ItemState.CLAIMED)
        .filteredOn(item -> item.holder() != null && !item.inDoubt())
        .filteredOn(item -> item.aheadOf() == null)
        .as("begins before " + failed)
        .matches(items -> failed.isEmpty() || items.isEmpty());
  }

  private Message stored(MessageId id) {
    return stores.messages().find(id).orElseThrow().message();
  }

  /** Of one list, what is about the same business object goes in the order of the list. */
  private void nothingBeforeItOnItsListHasStillToGo(MessageId id) {
    List<RecoveryItem> sent =
        stores.documents().of(RecoveryKinds.ITEMS).find(ofMessage(id)).items().stream()
            .map(Versioned::value)
            .filter(item -> item.state() == ItemState.CLAIMED && item.dispatches() > 0)
            .filter(item -> item.message().objectKey() != null)
            .toList();
    for (RecoveryItem item : sent) {
      assertThat(new RecoveryRecords(stores.documents()).itemsOf(item.operationId()))
          .map(Versioned::value)
          .filteredOn(other -> other.position() < item.position() && other.state().open())
          .filteredOn(other -> item.message().objectKey().equals(other.message().objectKey()))
          .as("has to go before " + id)
          .isEmpty();
    }
  }

  /** Everything is resumed, every event arrives, time passes: then nothing may be open. */
  private void settle(ModelChannel middleware, Operators operators) {
    consoles.replaceAll(_ -> immortal(middleware));
    for (int i = 0; i < 400 && anythingOpen(); i++) {
      operators.letGoOn();
      report(middleware.rest());
      consoles.forEach(ModelConsole::step);
      clock.advance(Duration.ofMillis(150));
    }
    report(middleware.rest());
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    ItemFollower follower =
        new ItemFollower(
            records,
            stores.messages(),
            new LookUps(middleware, new RecoveryChannels(List.of(channel))),
            clock);
    new LateOutcomes(records, follower, settings.lateFor(), clock).look();
    assertThat(ModelConsole.operations(stores))
        .filteredOn(o -> o.state().active())
        .as("operations that come to no end")
        .isEmpty();
  }

  private boolean anythingOpen() {
    return ModelConsole.operations(stores).stream().anyMatch(o -> o.state().active());
  }

  private void everyItemTellsTheTruth(ModelChannel middleware) {
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    Set<String> claimed = new HashSet<>();
    for (RecoveryOperation operation : ModelConsole.operations(stores)) {
      List<Versioned<RecoveryItem>> items = records.itemsOf(operation.id());
      if (operation.summary() == null) {
        // A console died while it froze the list.
        assertThat(items).allMatch(item -> item.value().dispatches() == 0);
        continue;
      }
      assertThat(items).hasSize(operation.size());
      for (Versioned<RecoveryItem> versioned : items) {
        RecoveryItem item = versioned.value();
        String key = item.idempotencyKey();
        if (operation.state().waiting()) {
          assertThat(item.dispatches()).isZero();
          continue;
        }
        assertThat(item.state().open()).as(item.toString()).isFalse();
        assertThat(item.reason()).as(item.toString()).isNotBlank();
        if (item.dispatches() > 0) {
          assertThat(claimed.add(key)).as("two operations sent " + key).isTrue();
        }
        if (operation.action().onlyRecorded()) {
          assertThat(item.state()).isIn(ItemState.SKIPPED, ItemState.DISCARDED, ItemState.RESTORED);
          assertThat(middleware.requests())
              .as("a discard sends nothing: " + item)
              .doesNotContain(item.state() == ItemState.DISCARDED ? key : "");
          assertThat(isReported(item)).as(item.toString()).isEqualTo(ended(item));
        }
        if (item.state() == ItemState.CONFIRMED) {
          assertThat(middleware.hasSince(item.messageId(), item.attempt()))
              .as(item.toString())
              .isTrue();
        }
        if (item.dispatches() > 0 && middleware.has(key)) {
          assertThat(item.state()).isIn(ItemState.CONFIRMED, ItemState.ALREADY_DONE);
        }
      }
    }
    assertThat(claimed).containsAll(middleware.requests());
  }

  private void noMessageWasRetriedByItselfTooOften() {
    Map<String, Long> claims =
        stores
            .documents()
            .of(RecoveryKinds.CLAIMS)
            .find(DocumentQuery.ALL.page(10_000, null))
            .items()
            .stream()
            .map(Versioned::value)
            .filter(claim -> claim.claimedBy().equals(RecoveryOperation.AUTOMATIC))
            .collect(Collectors.groupingBy(RecoveryClaim::messageId, Collectors.counting()));
    assertThat(claims).allSatisfy((_, count) -> assertThat(count).isLessThanOrEqualTo(AT_MOST));
  }

  private static boolean ended(RecoveryItem item) {
    return item.state() == ItemState.DISCARDED || item.state() == ItemState.RESTORED;
  }

  /** Whether Tillpost's own message event of this item is there. */
  private boolean isReported(RecoveryItem item) {
    return stores.messages().events(new MessageId(item.messageId())).stream()
        .anyMatch(
            event ->
                event.id().source().equals(ItemRecording.SOURCE)
                    && event.id().id().startsWith(item.operationId()));
  }

  private void failedSale(Random random) {
    MessageBuilder sale =
        Samples.aSale()
            .payload("{\"unit\":\"pcs\"}")
            .capturedAt(Samples.MORNING.plusSeconds(sales.size()));
    if (random.nextInt(3) == 0) {
      sale.transactionNumber(1L);
    }
    sales.put(sale.messageId().value(), sale);
    write(sale.throughStage(Stage.FAILED));
  }

  private void report(List<ModelChannel.Report> reports) {
    for (ModelChannel.Report report : reports) {
      MessageBuilder sale = sales.get(report.message().value());
      write(
          List.of(
              sale.attempt(report.attempt(), Samples.MORNING.plusSeconds(60L * report.attempt()))
                  .event(report.stage())));
    }
  }

  private void write(List<io.tillpost.message.MessageEvent> events) {
    stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()));
  }

  private ModelConsole console(Random random, ModelChannel middleware) {
    return console(5 + random.nextInt(120), random.nextBoolean(), middleware);
  }

  private ModelConsole immortal(ModelChannel middleware) {
    return console(Integer.MAX_VALUE, true, middleware);
  }

  private ModelConsole console(int writes, boolean lastHappens, ModelChannel middleware) {
    return new ModelConsole(
        "console-" + born++,
        stores,
        writes,
        lastHappens,
        channel,
        middleware,
        settings,
        targets,
        triage,
        window,
        planSize,
        clock);
  }

  /** People who plan, start, approve, pause, resume and cancel whatever they find. */
  private final class Operators {
    private final Random random;
    private final Recovery recovery;
    private final Discards discards;
    private final EditAndRetry edits;
    private final Replays replays;
    private final OperationControl control;
    private int requests;

    Operators(Random random) {
      this.random = random;
      RecoveryRecords records = new RecoveryRecords(stores.documents());
      RecoveryChannels channels = new RecoveryChannels(List.of(channel));
      AuditLog audit = new AuditLog(stores.documents(), Optional::empty, clock);
      // Never started: the consoles of this test find what there is to do.
      RecoveryDispatcher asleep =
          new RecoveryDispatcher(
              records,
              stores.messages(),
              stores.ingestWriter(),
              audit,
              channels,
              settings,
              targets,
              triage,
              io.opentelemetry.api.OpenTelemetry.noop(),
              List.of(),
              clock);
      Beginning beginning =
          new Beginning(new FourEyes(settings.fourEyes()), new Listeners(List.of()), asleep, clock);
      CurrentOperator current = new CurrentOperator();
      Planning planning =
          new Planning(
              records,
              stores.messages(),
              channels,
              settings,
              planSize,
              new LongPlans(records, Runnable::run, clock),
              beginning,
              audit,
              current,
              clock);
      recovery = new Recovery(planning, stores.messages());
      discards = new Discards(planning, stores.messages());
      edits =
          new EditAndRetry(
              planning, stores.messages(), settings.edit(), PayloadSchemas.NONE, current);
      replays = new Replays(planning, stores.messages(), channels);
      control =
          new OperationControl(
              records, new OperationStores(records), beginning, audit, current, clock);
    }

    void plan() {
      logIn(random.nextBoolean() ? "anna" : "ben");
      String key = "request-" + (random.nextInt(5) == 0 ? requests : ++requests);
      MessageId any =
          pick(
              sales.values().stream()
                  .map(MessageBuilder::messageId)
                  .sorted(java.util.Comparator.comparing(MessageId::value))
                  .toList());
      OperationAnswer answer =
          switch (random.nextInt(10)) {
            case 9 -> recovery.retryMessage(any, because(key).with(earlier()));
            case 4 -> discards.plan(new Chosen.One(any), key);
            case 5 ->
                pickOperation()
                    .map(o -> discards.plan(new Chosen.RestOf(o.id()), key))
                    .orElseGet(() -> new OperationAnswer.NotFound("none"));
            case 7 ->
                edits.planRule(
                    Chosen.Several.of(List.of(any)),
                    new EditRule("unit", null, "EA"),
                    earlier(),
                    key);
            case 8 -> replays.plan(WINDOW, "middleware", earlier(), key);
            case 6 -> discards.planRestore(new Chosen.One(any), key);
            case 0 -> recovery.plan(Chosen.Several.of(List.of(any)), earlier(), key);
            case 1 ->
                pickOperation()
                    .map(o -> recovery.planRest(o.id(), key))
                    .orElseGet(() -> new OperationAnswer.NotFound("none"));
            default ->
                stores
                    .messages()
                    .find(any)
                    .flatMap(stored -> stored.message().fingerprint())
                    .map(f -> recovery.planException(f, key))
                    .orElseGet(() -> new OperationAnswer.NotFound("none"));
          };
      if (answer instanceof OperationAnswer.Accepted a && random.nextInt(4) > 0) {
        control.start(a.operation().id(), "Try again");
      }
    }

    private EarlierWish earlier() {
      return switch (random.nextInt(6)) {
        case 0 -> EarlierWish.INCLUDE;
        case 1 -> EarlierWish.sendAnyway("The earlier one was booked by hand");
        default -> EarlierWish.LEAVE_OUT;
      };
    }

    private RetryRequest because(String key) {
      return new RetryRequest("Try again", key);
    }

    void steer() {
      logIn(random.nextBoolean() ? "anna" : "carl");
      pickOperation().ifPresent(this::steer);
    }

    private void steer(RecoveryOperation operation) {
      String id = operation.id();
      switch (random.nextInt(10)) {
        case 0 -> control.pause(id, null);
        case 1 -> control.cancel(id, null);
        case 2 -> control.decline(id, null);
        case 3, 4 -> control.start(id, "Try again");
        case 5, 6 -> approve(operation);
        default -> control.resume(id, null);
      }
    }

    private void approve(RecoveryOperation operation) {
      OperationSummary summary = operation.summary();
      if (summary != null) {
        control.approve(operation.id(), summary.listHash());
      }
    }

    void letGoOn() {
      logIn("dora");
      ModelConsole.operations(stores).stream()
          .filter(o -> o.state() == OperationState.PAUSED)
          .forEach(o -> control.resume(o.id(), null));
    }

    private Optional<RecoveryOperation> pickOperation() {
      List<RecoveryOperation> all = ModelConsole.operations(stores);
      return all.isEmpty() ? Optional.empty() : Optional.of(pick(all));
    }

    private <T> T pick(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private void logIn(String name) {
      TestConsole.logIn(name, "ADMIN");
    }
  }
}
