package io.tillpost.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script {@code tillpost} as a process, as far as it comes without building anything. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for Linux and macOS")
class LauncherTest {
  private static final Path SCRIPT = script();

  @TempDir private Path directory;

  @Test
  void helpNamesEveryCommand() throws Exception {
    for (List<String> asked : List.of(List.of("help"), List.of("--help"), List.<String>of())) {
      Answer answer = run(Map.of(), asked.toArray(String[]::new));

      assertThat(answer.code()).isZero();
      assertThat(answer.out())
          .contains(
              "tillpost demo",
              "tillpost run --config",
              "tillpost test",
              "hash-password",
              "verify-audit")
          .contains("--stores 600", "--port 8080", "TILLPOST_HOME", "JDK 25");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "start|There is no command 'start'; see: ./tillpost help",
        "demo --shops 5|demo has no option '--shops'; see: ./tillpost help",
        "demo --port|The option --port of demo needs a value, see: ./tillpost help",
        "demo --port eight|The option --port needs a whole number, not 'eight'.",
        "demo --stores 1.5|The option --stores needs a whole number, not '1.5'.",
        "demo --rate fast|The option --rate needs a number, not 'fast'.",
        "demo --history 24|The option --history is like 90m, 24h or 3d, not '24'.",
        "run|run needs a configuration: ./tillpost run --config tillpost.yml",
        "run --config|run needs a configuration: ./tillpost run --config tillpost.yml",
        "run tillpost.yml|run needs a configuration: ./tillpost run --config tillpost.yml",
        "run --config no-such.yml|The configuration no-such.yml is not there or cannot be read.",
        "test --fast|test has the options --quick and --faults, one at a time, not: --fast",
        "hash-password secret|hash-password takes no argument: it reads one line from standard input.",
        "verify-audit now|verify-audit takes --config FILE and nothing else.",
        "verify-audit --config no-such.yml|The configuration no-such.yml is not there or cannot be read.",
        "bench|bench needs the name of a benchmark; see: ./tillpost help"
      })
  void aMistakeIsOneSentenceAndExitCode2(String arguments, String sentence) throws Exception {
    Answer answer = run(Map.of(), arguments.split(" ", -1));

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err().strip()).isEqualTo(sentence);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void aMachineWithoutAJdkIsToldWhatIsMissing() throws Exception {
    Answer answer = run(withoutJdk("/usr/bin:/bin"), "demo");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err().strip())
        .isEqualTo(
            "Tillpost needs a JDK 25 or newer; install one (for example Eclipse Temurin 25) or point JAVA_HOME at it.");
  }

  @Test
  void anOldJdkIsNoneAndAJreNeither() throws Exception {
    jdk("old", "21.0.4", true);
    jdk("jre", "25.0.1", false);

    Answer answer = run(withoutJdk("/usr/bin:/bin"), "hash-password");

    assertThat(answer.code()).isEqualTo(2);
    assertThat(answer.err()).contains("Tillpost needs a JDK 25 or newer");
  }

  /** An environment in which no JDK is found but those made by {@link #jdk}. */
  private Map<String, String> withoutJdk(String path) throws IOException {
    // java may lie in /usr/bin: a directory with links to all that the script needs, but no java.
    Path tools = Files.createDirectories(directory.resolve("tools"));
    for (String tool :
        List.of("bash", "sed", "dirname", "readlink", "cat", "pwd", "git", "uname")) {
      for (String bin : path.split(":", -1)) {
        Path found = Path.of(bin, tool);
        Path link = tools.resolve(tool);
        if (Files.isExecutable(found) && !Files.exists(link)) {
          Files.createSymbolicLink(link, found);
        }
      }
    }
    return Map.of(
        "PATH", tools.toString(),
        "JAVA_HOME", "",
        "TILLPOST_JVM_DIR", directory.resolve("jvm").toString(),
        "SDKMAN_DIR", directory.resolve("sdkman").toString());
  }

  private void jdk(String name, String version, boolean compiler) throws IOException {
    Path home = directory.resolve("jvm").resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    List<String> programs = compiler ? List.of("java", "javac") : List.of("java");
    for (String program : programs) {
      Path file = Files.writeString(home.resolve("bin").resolve(program), "#!/bin/sh\nexit 1\n");
      assertThat(file.toFile().setExecutable(true)).isTrue();
    }
  }

  private Answer run(Map<String, String> environment, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/bash", SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("The script did not end: " + command);
    }
    return new Answer(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static Path script() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("tillpost"))) {
      root = root.getParent();
    }
    return root.resolve("tillpost");
  }

  private record Answer(int code, String out, String err) {}
}
