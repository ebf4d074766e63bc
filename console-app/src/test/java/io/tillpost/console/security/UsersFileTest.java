package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
  static final String HASH =
      "\"{bcrypt}$2a$04$abcdefghijklmnopqrstuuJ0Z3N0f8b1Jr9h0sQyq0K5T7oD9wXyS\"";

  @TempDir private Path directory;

  @Test
  void everyKeyOfAUserIsRead() throws IOException {
    ReadUsers read =
        read(
            """
            users:
              - name: anna
                display-name: Anna Berg
                password: %s
                roles: [support, ONCALL]
                regions: [North, South]
              - name: ben
                password: %s
                roles: [ADMIN]
            """
                .formatted(HASH, HASH));

    assertThat(read).isInstanceOf(ReadUsers.Users.class);
    var users = ((ReadUsers.Users) read).byId();
    assertThat(users.get("anna").operator())
        .isEqualTo(
            new Operator(
                "anna", "Anna Berg", Set.of(Role.SUPPORT, Role.ONCALL), Set.of("North", "South")));
    assertThat(users.get("ben").operator().displayName()).isEqualTo("ben");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "# nothing|0|is empty; it needs a list 'users'",
        "people: []|1|unknown key 'people'; known are users",
        "users: {}|1|'users' has to be a list",
        "users: []|1|names no user, so nobody could log in",
        "users: [anna]|1|expected keys display-name, name, password, regions, roles",
        "users:/- password: HASH/  roles: [ADMIN]|2|'name' is missing",
        "users:/- name: anna/  roles: [ADMIN]|2|'password' is missing",
        "users:/- name: anna/  password: HASH|2|'roles' is missing",
        "users:/- name: anna b/  password: HASH/  roles: [ADMIN]|2|a name is 1 to 64 letters, digits, dots, hyphens,"
            + " underscores or @",
        "users:/- name: anna/  password: secret/  roles: [ADMIN]|3|password has to be a hash like {bcrypt}$2a$10$…;"
            + " make one with: tillpost hash-password",
        "users:/- name: anna/  password: HASH/  roles: [BOSS]|4|'BOSS' is not a role; roles are SUPPORT, MANAGER,"
            + " ONCALL, ADMIN",
        "users:/- name: anna/  password: HASH/  roles: []|4|roles is empty; roles are SUPPORT, MANAGER, ONCALL, ADMIN",
        "users:/- name: anna/  password: HASH/  roles: ADMIN|4|'roles' has to be a list",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  color: red|5|unknown key 'color'; known are"
            + " display-name, name, password, regions, roles",
        "users:/- name: anna/  name: ben/  password: HASH/  roles: [ADMIN]|3|the key 'name' is there twice",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/- name: anna/  password: HASH/  roles: [ADMIN]|5|the"
            + " name 'anna' is there twice"
      })
  void aMistakeIsSaidWithItsLine(String yaml, int line, String reason) throws IOException {
    ReadUsers read = read(yaml.replace("/", "\n").replace("HASH", HASH));

    assertThat(read).isEqualTo(new ReadUsers.Refused(file(), line, reason));
  }

  @Test
  void whatIsNotYamlIsSaidWithItsLine() throws IOException {
    assertThat(read("users:\n  - name: [anna\n"))
        .isInstanceOfSatisfying(
            ReadUsers.Refused.class,
            refused -> {
              assertThat(refused.line()).isPositive();
              assertThat(refused.reason()).startsWith("is not YAML: ");
            });
  }

  @Test
  void aFileThatIsNotThereOrCannotBeReadIsSaid() {
    assertThat(UsersFile.read(directory.resolve("none.yml")))
        .isEqualTo(new ReadUsers.Refused(directory.resolve("none.yml"), 0, "is not there"));
    assertThat(UsersFile.read(directory))
        .isInstanceOfSatisfying(
            ReadUsers.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("cannot be read: "));
  }

  private ReadUsers read(String yaml) throws IOException {
    return UsersFile.read(Files.writeString(file(), yaml));
  }

  private Path file() {
    return directory.resolve("users.yml");
  }
}
