package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.start.StartRefused;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class HashPasswordTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theHashOfTheFirstLineIsPrintedAndNothingElse() {
    run(List.of(), "Käse und Brot\nanother line\n");

    String printed = out.toString(StandardCharsets.UTF_8).strip();
    assertThat(printed).startsWith("{bcrypt}$2a$").doesNotContain("\n");
    assertThat(
            new BCryptPasswordEncoder()
                .matches("Käse und Brot", printed.substring("{bcrypt}".length())))
        .isTrue();
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("Käse");
  }

  @Test
  void nothingToReadIsRefused() {
    assertThatThrownBy(() -> run(List.of(), ""))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("got no password");
    assertThatThrownBy(() -> run(List.of(), "\n")).isInstanceOf(StartRefused.class);
  }

  @Test
  void aPasswordAsAnArgumentIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> run(List.of("topsecret"), ""))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("takes no argument")
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void aPasswordThatBcryptWouldCutIsRefused() {
    run(List.of(), "x".repeat(72));

    assertThatThrownBy(() -> run(List.of(), "ü".repeat(37)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("longer than 72 bytes");
  }

  private void run(List<String> arguments, String input) {
    HashPassword.run(
        arguments,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
