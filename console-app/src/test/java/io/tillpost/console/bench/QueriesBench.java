package io.tillpost.console.bench;

import io.tillpost.message.Workflows;
import io.tillpost.store.Stores;
import io.tillpost.testing.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Measures how long the pages' questions take over many messages: {@code ./tillpost bench queries}.
 * Before each question messages are written and what the console keeps for a second or two is out
 * of date; in the second half of the table the node has forgotten all earlier answers too, as for
 * the first operator after a start.
 */
public final class QueriesBench {
  private static final int WARM_UP = 3;

  /** Keeps what is measured from being left out. */
  private static long answers;

  private QueriesBench() {}

  /** Prints a table and ends. */
  public static void main(String[] arguments) throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.read(List.of(arguments));
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage());
      System.exit(2);
      return;
    }
    Path home =
        options.home().isPresent()
            ? options.home().get()
            : Files.createTempDirectory("tillpost-bench-");
    try {
      run(options, home);
      System.exit(0);
    } catch (Exception broken) {
      // Threads of the console would keep the process, and with it the node, for ever.
      broken.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(BenchOptions options, Path home) throws Exception {
    Path marker =
        home.resolve(
            "filled-%d-%d-%d".formatted(options.messages(), options.failed(), options.days()));
    boolean filled = Files.exists(marker);
    Instant now = filled ? Instant.parse(Files.readString(marker)) : Instant.now();
    int port = FreePorts.next();
    BenchClock clock = new BenchClock(now);
    ConfigurableApplicationContext console =
        BenchConsole.start(home, port, clock, BenchEstate.stores());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(console, home, options.home().isEmpty())));
    SecurityContextHolder.getContext()
        .setAuthentication(new TestingAuthenticationToken("support", "", "ROLE_VIEW"));
    try (BenchNode node =
        new BenchNode(
            URI.create("http://127.0.0.1:" + port),
            console.getBean(Stores.class),
            console.getBean(Workflows.class),
            now)) {
      if (!filled) {
        long start = System.nanoTime();
        node.fill(options);
        Files.writeString(marker, now.toString());
        System.out.printf("Filled in %,d s%n", (System.nanoTime() - start) / 1_000_000_000);
      }
      System.out.printf(
          "%,d messages over %d days, %d %% of them failed, %s%n%n",
          options.messages(), options.days(), options.failed(), node.size());
      System.out.printf(
          "%-44s %28s %28s%n", "", "While messages are written", "Nothing kept at all");
      System.out.printf(
          "%-44s %8s %9s %9s %8s %9s %9s%n",
          "Milliseconds", "p50", "p95", "CPU", "p50", "p95", "CPU");
      for (Question question : Questions.of(console)) {
        if (!question.name().contains(options.only())) {
          continue;
        }
        Measured live = measure(question, node, clock, options.rounds(), false);
        Measured first = measure(question, node, clock, options.rounds(), true);
        System.out.printf(
            "%-44s %8.1f %9.1f %9.1f %8.1f %9.1f %9.1f%n",
            question.name(),
            live.p50(),
            live.p95(),
            live.cpu(),
            first.p50(),
            first.p95(),
            first.cpu());
      }
      System.out.printf("%nAnswers: %,d%n", answers);
    }
  }

  private static Measured measure(
      Question question, BenchNode node, BenchClock clock, int rounds, boolean forgotten)
      throws IOException, InterruptedException {
    long[] nanos = new long[rounds];
    Duration cpu = Duration.ZERO;
    for (int round = -WARM_UP; round < rounds; round++) {
      node.disturb(forgotten);
      clock.pass(Duration.ofSeconds(5));
      Duration before = Measured.cpuSoFar();
      long start = System.nanoTime();
      answers += question.ask().getAsInt();
      long taken = System.nanoTime() - start;
      if (round >= 0) {
        nanos[round] = taken;
        cpu = cpu.plus(Measured.cpuSoFar().minus(before));
      }
    }
    return Measured.of(nanos, cpu);
  }

  private static void end(ConfigurableApplicationContext console, Path home, boolean remove) {
    console.close();
    if (!remove) {
      return;
    }
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println(home + " could not be removed: " + e);
    }
  }
}
