package io.tillpost.estate;

import io.tillpost.estate.trouble.TroubleScript;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the estate: sends its history, then trades live and listens for recovery. */
@Command(
    name = "run",
    description = {
      "Sends the history of the estate, then trades live until it is ended.",
      "TILLPOST_CHANNEL_SECRET holds the secret of the recovery channel (required),",
      "TILLPOST_API_KEY a bearer token for the receivers (optional)."
    },
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Pattern SPAN = Pattern.compile("(\\d{1,6})([smhd])");

  @Mixin private EstateOptions estate = new EstateOptions();

  @Option(names = "--rate", defaultValue = "1", description = "Pace of live trade (default: 1).")
  private double rate = 1;

  @Option(
      names = "--history",
      defaultValue = "24h",
      description = "How far back to begin, such as 90m, 24h or 3d (default: 24h).")
  private String history = "24h";

  @Option(
      names = "--otlp",
      defaultValue = "http://localhost:4317",
      description = "Where spans go, OTLP over gRPC (default: ${DEFAULT-VALUE}).")
  private URI otlp = URI.create("http://localhost:4317");

  @Option(
      names = "--events",
      defaultValue = "http://localhost:4318/v1/message-events",
      description = "Where message events go (default: ${DEFAULT-VALUE}).")
  private URI events = URI.create("http://localhost:4318/v1/message-events");

  @Option(
      names = "--channel-port",
      defaultValue = "8090",
      description = "Port of the recovery channel, loopback only; 0 for any (default: 8090).")
  private int channelPort = 8090;

  @Option(names = "--state", required = true, paramLabel = "DIR", description = "State directory.")
  private Path state = Path.of("");

  @Option(
      names = "--scenario",
      defaultValue = "default",
      description = "Script of trouble: default or calm (default: ${DEFAULT-VALUE}).")
  private String scenario = "default";

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Connections for message events, 1 to 16 (default: ${DEFAULT-VALUE}).")
  private int threads = 2;

  @Option(
      names = "--exit-with-parent",
      description = "Ends in order when standard input reaches its end.")
  private boolean exitWithParent;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine line = spec().commandLine();
    RunProcess process =
        new RunProcess(settings(), Clock.systemUTC(), line.getOut(), line.getErr());
    return new OrderlyEnd().run(process, exitWithParent);
  }

  private RunSettings settings() {
    check(rate > 0 && rate <= 1_000, "--rate must be more than 0 and at most 1000.");
    check(threads >= 1 && threads <= 16, "--threads must be 1 to 16.");
    check(channelPort >= 0 && channelPort <= 65_535, "--channel-port must be 0 to 65535.");
    check(
        TroubleScript.SCENARIOS.contains(scenario),
        "--scenario must be one of " + String.join(", ", TroubleScript.SCENARIOS) + ".");
    check(isHttp(otlp), "--otlp must be an http or https address.");
    check(isHttp(events), "--events must be an http or https address.");
    String secret = System.getenv("TILLPOST_CHANNEL_SECRET");
    check(secret != null && !secret.isEmpty(), "TILLPOST_CHANNEL_SECRET is not set.");
    return new RunSettings(
        estate.stores(spec()),
        estate.seed(),
        rate,
        historyLength(),
        otlp,
        events,
        channelPort,
        state,
        scenario,
        threads,
        secret == null ? "" : secret,
        System.getenv("TILLPOST_API_KEY"));
  }

  private Duration historyLength() {
    Matcher parts = SPAN.matcher(history.toLowerCase(Locale.ROOT));
    check(parts.matches(), "--history must be such as 90m, 24h or 3d, not " + history + ".");
    long amount = Long.parseLong(parts.group(1));
    Duration length =
        switch (parts.group(2)) {
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        };
    check(length.compareTo(Duration.ofDays(31)) <= 0, "--history must be at most 31 days.");
    return length;
  }

  private static boolean isHttp(URI address) {
    String scheme = address.getScheme();
    return ("http".equals(scheme) || "https".equals(scheme)) && address.getHost() != null;
  }

  private void check(boolean fine, String otherwise) {
    if (!fine) {
      throw new ParameterException(spec().commandLine(), otherwise);
    }
  }

  private CommandSpec spec() {
    return Objects.requireNonNull(spec);
  }
}
