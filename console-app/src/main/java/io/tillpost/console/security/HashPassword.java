package io.tillpost.console.security;

import io.tillpost.console.start.StartRefused;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * {@code tillpost hash-password}: one line of standard input in, its hash for the users file out.
 */
public final class HashPassword {

  private static final int MOST_BYTES = 72;

  private HashPassword() {}

  /**
   * Reads one line and prints its hash.
   *
   * @throws StartRefused for arguments, for nothing to read, and for more than 72 bytes, which
   *     bcrypt would cut
   */
  public static void run(List<String> arguments, InputStream in, PrintStream out, PrintStream err) {
    if (!arguments.isEmpty()) {
      throw new StartRefused(
          "hash-password takes no argument, so that the password is in no history: it reads one line from standard"
              + " input.");
    }
    err.println("Password (one line):");
    String password = line(in);
    if (password == null || password.isEmpty()) {
      throw new StartRefused("hash-password got no password on standard input.");
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw new StartRefused(
          "The password is longer than " + MOST_BYTES + " bytes, which bcrypt cannot take.");
    }
    out.println("{bcrypt}" + new BCryptPasswordEncoder().encode(password));
  }

  private static @Nullable String line(InputStream in) {
    try {
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    } catch (IOException e) {
      throw new StartRefused("Standard input cannot be read: " + e.getMessage(), e);
    }
  }
}
