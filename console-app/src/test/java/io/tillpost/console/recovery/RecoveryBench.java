package io.tillpost.console.recovery;

import com.sun.management.OperatingSystemMXBean;
import io.tillpost.console.recovery.channel.ChannelSecret;
import io.tillpost.console.recovery.channel.RecoveryChannel;
import io.tillpost.console.recovery.channel.RecoveryChannels;
import io.tillpost.console.recovery.operation.OperationProgress;
import io.tillpost.failure.Fingerprint;
import io.tillpost.message.MessageEvent;
import io.tillpost.message.Stage;
import io.tillpost.recovery.ItemState;
import io.tillpost.recovery.OperationState;
import io.tillpost.recovery.RecoveryOperation;
import io.tillpost.store.IngestWriter;
import io.tillpost.store.Stores;
import io.tillpost.testing.EmbeddedElasticsearchNode;
import io.tillpost.testing.MessageBuilder;
import io.tillpost.testing.Samples;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * How soon a retry of many messages starts, on a node of its own and over HTTP: from the click that
 * freezes the list to the preview, from the start to the first request, and the progress second by
 * second, and what each takes of the heap. {@code ./tillpost bench recovery [--messages 10000]
 * [--seconds 20] [--rounds 2]}; up to 100,000 messages.
 */
public final class RecoveryBench {
  private static final int BATCH = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final int messages;
  private final int seconds;
  private final int rounds;
  private final Map<String, MessageBuilder> sales = new HashMap<>();
  private final CallTimes times = new CallTimes();
  private final HeapWatch heap = new HeapWatch();
  private final CountDownLatch first = new CountDownLatch(1);
  private final Stores stores =
      EmbeddedElasticsearchNode.stores(EmbeddedElasticsearchNode.newPrefix()).build();

  private RecoveryBench(int messages, int seconds, int rounds) {
    this.rounds = rounds;
    this.messages = messages;
    this.seconds = seconds;
  }

  /** Entry point. */
  public static void main(String[] arguments) throws InterruptedException {
    int messages = 10_000;
    int seconds = 20;
    int rounds = 2;
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      int value = Integer.parseInt(arguments[i + 1]);
      switch (arguments[i]) {
        case "--messages" -> messages = value;
        case "--seconds" -> seconds = value;
        case "--rounds" -> rounds = value;
        default -> throw new IllegalArgumentException("There is no option " + arguments[i]);
      }
    }
    new RecoveryBench(messages, seconds, rounds).run();
  }

  private void run() throws InterruptedException {
    fill();
    try (TestChannel channel = new TestChannel()) {
      channel.behave(this::takeAndConfirm);
      TestConsole.logIn("support", "SUPPORT");
      try (TestConsole console = console(channel)) {
        measure(console, channel);
      } finally {
        SecurityContextHolder.clearContext();
      }
    }
    System.exit(0);
  }

  private void measure(TestConsole console, TestChannel channel) throws InterruptedException {
    String any = sales.keySet().iterator().next();
    Fingerprint fingerprint =
        stores
            .messages()
            .find(sales.get(any).messageId())
            .orElseThrow()
            .message()
            .fingerprint()
            .orElseThrow();
    RecoveryOperation planned = preview(console, fingerprint, 1);
    for (int round = 2; round <= rounds; round++) {
      planned = preview(console, fingerprint, round);
    }
    heap.begin();
    long start = System.nanoTime();
    RecoveryWorld.accepted(console.control.start(planned.id(), "The tax code is there now"));
    boolean went = first.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    long sent = System.nanoTime();
    System.out.printf(
        "%,d messages: first request %.2f s after Start%s%n",
        planned.size(), inSeconds(sent - start), went ? "" : " (none came)");
    times.print();
    for (int second = 1; second <= seconds; second++) {
      TimeUnit.SECONDS.sleep(1);
      long asked = System.nanoTime();
      OperationProgress now = console.operations.find(planned.id()).orElseThrow();
      System.out.printf(
          "after %2d s: %-24s %,6d requests, %,6d done, %,6d waited for (asked in %.0f ms)%n",
          second,
          Words.of(now.operation().state()),
          channel.keys().size(),
          now.done(),
          now.count(ItemState.SENT) + now.count(ItemState.CLAIMED),
          inSeconds(System.nanoTime() - asked) * 1_000);
    }
    System.out.println("  " + heap.words());
  }

  /** What the first one costs in a JVM that has just started, later ones do not. */
  private RecoveryOperation preview(TestConsole console, Fingerprint fingerprint, int round)
      throws InterruptedException {
    times.clear();
    heap.begin();
    long cpu = cpu();
    long clicked = System.nanoTime();
    RecoveryOperation planned =
        RecoveryWorld.accepted(console.recovery.planException(fingerprint, null));
    double answered = inSeconds(System.nanoTime() - clicked);
    planned = previewed(console, planned);
    System.out.printf(
        "%,d messages: answer %d after %.2f s, preview after %.2f s, %.2f s of processor time of this JVM; it waited for%n",
        planned.size(),
        round,
        answered,
        inSeconds(System.nanoTime() - clicked),
        inSeconds(cpu() - cpu));
    times.print();
    System.out.println("  " + heap.words());
    return planned;
  }

  /** A long list is frozen in the background. */
  private static RecoveryOperation previewed(TestConsole console, RecoveryOperation planned)
      throws InterruptedException {
    RecoveryOperation now = planned;
    while (now.state() == OperationState.PLANNED) {
      TimeUnit.MILLISECONDS.sleep(100);
      now = console.records.operations().get(planned.id()).orElseThrow().value();
    }
    return now;
  }

  private void fill() {
    List<MessageEvent> events = new ArrayList<>();
    Instant captured = Instant.now().minusSeconds(3_600);
    for (int i = 0; i < messages; i++) {
      MessageBuilder sale = Samples.aSale().capturedAt(captured.plusMillis(i));
      sales.put(sale.messageId().value(), sale);
      events.addAll(sale.throughStage(Stage.FAILED));
      if (events.size() >= BATCH || i == messages - 1) {
        write(events);
        events = new ArrayList<>();
      }
    }
    EmbeddedElasticsearchNode.send("POST", "/_refresh", "");
  }

  private TestConsole console(TestChannel channel) {
    RecoveryProperties settings =
        new RecoveryProperties(
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofDays(7),
            Duration.ofMinutes(2),
            new StartProperties(5, 20, 25, Duration.ofSeconds(10), 20, Duration.ofSeconds(5), 10),
            Map.of("default", RecoveryWorld.target(200, 16)),
            null,
            new FourEyesProperties(100_000, Map.of(), true, true),
            Set.of("inventory-sync"),
            RecoveryWorld.EDITS,
            Duration.ofSeconds(10),
            100_000,
            Map.of());
    RecoveryChannels channels =
        new RecoveryChannels(
            List.of(
                new RecoveryChannel(
                    "middleware",
                    channel.url(),
                    new ChannelSecret(RecoveryWorld.SECRET),
                    List.of("sales-posting"),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(5),
                    16,
                    null)));
    return new TestConsole(
            times.of(stores.documents()),
            times.of(stores.messages()),
            stores.ingestWriter(),
            channels,
            settings,
            new TestTriage(stores.failures()),
            List.of())
        .start();
  }

  private TestChannel.Answer takeAndConfirm(TestChannel.Call call) {
    first.countDown();
    MessageBuilder sale = sales.get(call.json().get("messageId").stringValue());
    synchronized (sale) {
      write(List.of(sale.attempt(2, Instant.now()).event(Stage.CONFIRMED)));
    }
    return TestChannel.Answer.of(202);
  }

  private void write(List<MessageEvent> events) {
    if (!(stores.ingestWriter().write(new IngestWriter.Batch(events, List.of()))
        instanceof IngestWriter.Result.Written)) {
      throw new IllegalStateException("The node takes nothing");
    }
  }

  /** Processor time of this process, in nanoseconds. */
  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double inSeconds(long nanos) {
    return nanos / 1e9;
  }
}
