package io.tillpost.estate;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A simulated retail estate that speaks only public protocols; see {@code --help}. */
@Command(
    name = "estate-simulator",
    description = "A simulated retail estate: stores, tills, middleware, ERP, warehouse, loyalty.",
    mixinStandardHelpOptions = true,
    subcommands = {StoresCommand.class, SchemaCommand.class, RunCommand.class})
public final class EstateSimulator {
  private EstateSimulator() {}

  /** Runs a command; exit code 2 for a wrong option or a port in use, with one sentence. */
  public static void main(String[] arguments) {
    // What it says is English, its numbers too.
    Locale.setDefault(Locale.UK);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new EstateSimulator());
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (wrong, given) -> {
          PrintWriter err = wrong.getCommandLine().getErr();
          err.println(String.valueOf(wrong.getMessage()).replace('\n', ' '));
          err.flush();
          return CommandLine.ExitCode.USAGE;
        });
    return line;
  }
}
