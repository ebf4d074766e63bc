package io.tillpost.console.browser;

import io.tillpost.console.security.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * A users file with one person for each role, name and password are the role in lower case, and
 * another one who is bound to the store 0412. Support and on-call are the team Banking, the manager
 * is Master data, and the administrator is in none.
 */
public final class TestUsers {

  private static final int CHEAPEST_COST = 4;

  private TestUsers() {}

  /** Login name and password of the person with that role. */
  public static String login(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** Login name and password of the person with that role who is bound to the store 0412. */
  public static String boundLogin(Role role) {
    return login(role) + "-0412";
  }

  /** Writes the file once for this JVM and gives its path. */
  public static Path file() {
    return Written.FILE;
  }

  private static final class Written {
    private static final Path FILE = write();

    private static Path write() {
      BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(CHEAPEST_COST);
      StringBuilder yaml = new StringBuilder("users:\n");
      for (Role role : Role.values()) {
        yaml.append(
            """
              - name: %s
                display-name: %s Tester
                password: "{bcrypt}%s"
                roles: [%s]
            """
                .formatted(login(role), role.title(), encoder.encode(login(role)), role));
        yaml.append(
            """
              - name: %s
                display-name: %s of 0412
                password: "{bcrypt}%s"
                roles: [%s]
                stores: ["0412"]
            """
                .formatted(boundLogin(role), role.title(), encoder.encode(boundLogin(role)), role));
      }
      yaml.append(
          """
          teams:
            - name: Banking
              members: [support, support-0412, oncall]
              side: IT
            - name: Master data
              members: [manager]
              side: BUSINESS
          """);
      try {
        Path file = Files.createTempFile("tillpost-users", ".yml");
        file.toFile().deleteOnExit();
        return Files.writeString(file, yaml);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
