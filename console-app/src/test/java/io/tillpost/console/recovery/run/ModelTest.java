package io.tillpost.console.recovery.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.console.recovery.AutomaticProperties;
import io.tillpost.console.recovery.FourEyesProperties;
import io.tillpost.console.recovery.ListFilter;
import io.tillpost.console.recovery.RecoveryProperties;
import io.tillpost.console.recovery.RecoveryRecords;
import io.tillpost.console.recovery.RecoveryWorld;
import io.tillpost.console.recovery.StartProperties;
import io.tillpost.console.recovery.TestTriage;
import io.tillpost.console.recovery.channel.ChannelSecret;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.list.PlanSize;
import io.tillpost.console.recovery.target.TargetFreezes;
import io.tillpost.console.recovery.target.TargetGates;
import io.tillpost.failure.FailureClass;
import io.tillpost.message.MessageId;
import io.tillpost.message.Stage;
import io.tillpost.recovery.RecoveryKinds;
import io.tillpost.store.DocumentQuery;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.memory.InMemoryStores;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.MutableClock;
import io.tillpost.testing.Samples;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Operators, consoles that die, answers of every kind and events that come late, twice or in the
 * wrong order, interleaved at random: no attempt goes out while an earlier one may get through,
 * nothing goes to a target while somebody has it frozen, and every message of every operation comes
 * to a true outcome. {@code -Dtillpost.model.seeds=5000} tries more of them; {@code
 * -Dtillpost.model.from} begins elsewhere.
 */
@Execution(ExecutionMode.CONCURRENT)
class ModelTest {
  private static final int STEPS = 250;
  private static final int AT_MOST = 2;
  private static final int FOUR_EYES = 5;
  static final ListFilter WINDOW =
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
        null,
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
  private final TargetFreezes freezes =
      new TargetFreezes(new RecoveryRecords(stores.documents()), clock);
  private final TargetGates targets = new TargetGates(settings, ZoneOffset.UTC, freezes);
  private final TestTriage triage = new TestTriage(stores.failures());
  private WindowSize window = WindowSize.USUAL;
  private PlanSize planSize = PlanSize.upTo(STEPS);
  private final List<MessageBuilder> onTheirWay = new ArrayList<>();
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
    Set<String> accepted = new HashSet<>();
    ModelLaws laws = new ModelLaws(stores, sales, triage, AT_MOST, accepted);
    ModelFreezes frozen = new ModelFreezes(random, stores, targets, freezes, clock);
    middleware.watch(
        message -> {
          laws.atRequest(message);
          frozen.atRequest(targetOf(message));
        });
    middleware.ask(laws::acceptsTheDoubt);
    for (int i = 0; i < 8; i++) {
      failedSale(random);
    }
    ModelPeople people = people(random, accepted);
    consoles.add(console(random, middleware));
    consoles.add(console(random, middleware));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(17)) {
        case 16 -> frozen.act();
        case 15 -> people.settle(middleware);
        case 14 -> anAttemptOfItsOwnFails(random);
        case 12 -> consoles.get(random.nextInt(consoles.size())).lookForDue();
        case 13 -> triage(random);
        case 0 -> people.plan();
        case 1, 2 -> people.steer();
        case 3, 4 -> report(middleware.arriving());
        case 5 -> {
          clock.advance(Duration.ofMillis(random.nextInt(3_000)));
          if (random.nextInt(3) == 0) {
            oneOnItsWayFails();
          }
        }
        default -> consoles.get(random.nextInt(consoles.size())).step();
      }
      clock.advance(Duration.ofMillis(random.nextInt(60)));
      consoles.replaceAll(console -> console.isDead() ? console(random, middleware) : console);
    }
    frozen.liftAll();
    settle(middleware, people);
    laws.atTheEnd(middleware);
  }

  /** The middleware tries a message again by itself, whatever operations are about. */
  private void anAttemptOfItsOwnFails(Random random) {
    List<String> ids = sales.keySet().stream().sorted().toList();
    MessageId id = new MessageId(ids.get(random.nextInt(ids.size())));
    int claimed =
        stores
            .documents()
            .of(RecoveryKinds.CLAIMS)
            .find(DocumentQuery.ALL.where("message_id", id.value()))
            .items()
            .stream()
            .mapToInt(claim -> claim.value().attempt())
            .max()
            .orElse(0);
    int attempt =
        1
            + Math.max(
                claimed,
                stores.messages().find(id).orElseThrow().message().currentAttempt().number());
    report(List.of(new ModelChannel.Report(id, attempt, Stage.FAILED)));
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

  /** Everything is resumed, every event arrives, time passes: then nothing may be open. */
  private void settle(ModelChannel middleware, ModelPeople people) {
    consoles.replaceAll(_ -> immortal(middleware));
    for (int i = 0; i < 400 && anythingOpen(); i++) {
      people.letGoOn();
      report(middleware.rest());
      consoles.forEach(ModelConsole::step);
      clock.advance(Duration.ofMillis(150));
    }
    report(middleware.rest());
    RecoveryRecords records = new RecoveryRecords(stores.documents());
    new LateOutcomes(records, stores.messages(), settings.lateFor(), clock).look();
    assertThat(ModelConsole.operations(stores))
        .filteredOn(o -> o.state().active())
        .as("operations that come to no end")
        .isEmpty();
  }

  private String targetOf(MessageId message) {
    return Objects.requireNonNull(stores.messages().find(message).orElseThrow().message().target());
  }

  private boolean anythingOpen() {
    return ModelConsole.operations(stores).stream().anyMatch(o -> o.state().active());
  }

  private void failedSale(Random random) {
    MessageBuilder sale =
        Samples.aSale()
            .payload("{\"unit\":\"pcs\"}")
            .capturedAt(Samples.MORNING.plusSeconds(sales.size()));
    if (random.nextInt(2) == 0) {
      sale.transactionNumber(1L);
    }
    if (random.nextInt(3) == 0) {
      sale.target("stock");
    }
    sales.put(sale.messageId().value(), sale);
    boolean failsLater = random.nextInt(2) == 0;
    write(sale.throughStage(failsLater ? Stage.QUEUED : Stage.FAILED));
    if (failsLater) {
      onTheirWay.add(sale);
    }
  }

  /** Without anything that Tillpost did: one that an operation knew of as not failed. */
  private void oneOnItsWayFails() {
    if (!onTheirWay.isEmpty()) {
      MessageBuilder sale = onTheirWay.removeFirst();
      write(List.of(sale.attempt(1, Samples.MORNING.plusSeconds(30)).event(Stage.FAILED)));
    }
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

  private ModelPeople people(Random random, Set<String> accepted) {
    return new ModelPeople(
        random,
        stores,
        accepted,
        sales.values().stream()
            .map(MessageBuilder::messageId)
            .sorted(Comparator.comparing(MessageId::value))
            .toList(),
        channel,
        settings,
        targets,
        triage,
        planSize,
        clock);
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
        triage,
        window,
        planSize,
        clock);
  }
}
