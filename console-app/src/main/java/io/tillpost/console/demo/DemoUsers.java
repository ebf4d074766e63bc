package io.tillpost.console.demo;

import io.tillpost.console.security.Role;
import io.tillpost.console.start.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * The demo's people, one for each role, the password is the name, and two teams. Only for a console
 * on loopback.
 */
final class DemoUsers {

  private static final Map<Role, String> NAMES =
      Map.of(
          Role.SUPPORT, "Sam Support",
          Role.MANAGER, "Mia Manager",
          Role.ONCALL, "Oli On-call",
          Role.ADMIN, "Ada Admin");

  private DemoUsers() {}

  /** Writes the users file and gives its path. */
  static Path writeTo(Path directory) {
    BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    StringBuilder yaml = new StringBuilder("users:\n");
    for (Role role : Role.values()) {
      String login = login(role);
      yaml.append(
          """
            - name: %s
              display-name: %s
              password: "{bcrypt}%s"
              roles: [%s]
              mail: %s@tillpost.example
          """
              .formatted(login, NAMES.get(role), encoder.encode(login), role, login));
    }
    yaml.append(
        """
        teams:
          - name: Retail IT
            members: [support, oncall]
            mail: retail-it@tillpost.example
            side: IT
          - name: Master data
            members: [manager, support]
            side: BUSINESS
        """);
    try {
      Files.createDirectories(directory);
      return Files.writeString(directory.resolve("users.yml"), yaml);
    } catch (IOException e) {
      throw new StartRefused("The demo's users cannot be written: " + e.getMessage(), e);
    }
  }

  static String login(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
