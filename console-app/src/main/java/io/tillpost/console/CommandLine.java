package io.tillpost.console;

import io.tillpost.console.audit.VerifyAudit;
import io.tillpost.console.demo.Demo;
import io.tillpost.console.security.HashPassword;
import io.tillpost.console.start.StartRefused;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesBindException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;

/** The commands behind {@code ./tillpost}; the launcher script documents them. */
final class CommandLine {

  private static final int BROKEN = 1;

  private final PrintStream out;
  private final PrintStream err;

  CommandLine(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs a command; gives an exit code, or 0 where a server was started and goes on. */
  int run(List<String> arguments) {
    String command = arguments.isEmpty() ? "run" : arguments.getFirst();
    List<String> rest = arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size());
    SpringApplication application = new SpringApplication(ConsoleApplication.class);
    try {
      switch (command) {
        case "demo" -> Demo.run(application, rest, out);
        case "run" -> run(application, rest);
        case "hash-password" -> HashPassword.run(rest, System.in, out, err);
        case "verify-audit" -> {
          return VerifyAudit.run(rest, out);
        }
        default ->
            throw new StartRefused(
                "There is no command '"
                    + command
                    + "'; there are demo, run, verify-audit and hash-password.");
      }
      return 0;
    } catch (RuntimeException e) {
      return refused(e);
    }
  }

  private void run(SpringApplication application, List<String> rest) {
    switch (rest) {
      case List<String> none when none.isEmpty() ->
          throw new StartRefused("run needs a configuration: tillpost run --config tillpost.yml");
      case List<String> two when two.size() == 2 && two.getFirst().equals("--config") -> {
        Path file = Path.of(two.getLast()).toAbsolutePath();
        if (!Files.isReadable(file)) {
          throw new StartRefused("The configuration " + file + " is not there or cannot be read.");
        }
        application.setDefaultProperties(
            Map.of("spring.config.additional-location", file.toUri().toString()));
        application.run();
        out.println("Tillpost is ready.");
      }
      default ->
          throw new StartRefused(
              "run takes --config FILE and nothing else, not: " + String.join(" ", rest));
    }
  }

  /** Prints why it did not start in one sentence, wherever that is in the chain of causes. */
  private int refused(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartRefused sentence) {
        err.println(sentence.getMessage());
        return sentence.getExitCode();
      }
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException busy) {
        err.println(
            "Port %d (server.port, the console) is in use; choose another, or stop what uses it, and start again."
                .formatted(busy.getPort()));
        return StartRefused.EXIT_CODE;
      }
      if (cause instanceof ConfigurationPropertiesBindException || cause instanceof BindException) {
        err.println("The configuration cannot be used: " + deepest(cause).getMessage());
        return StartRefused.EXIT_CODE;
      }
    }
    err.println("Tillpost could not start: " + deepest(failure).getMessage());
    return BROKEN;
  }

  private static Throwable deepest(Throwable failure) {
    Throwable deepest = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      deepest = cause;
    }
    return deepest;
  }
}
