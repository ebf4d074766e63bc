package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillpost.failure.OwnerSide;
import io.tillpost.location.Store;
import io.tillpost.location.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsersFileTest {
  static final String HASH =
      "\"{bcrypt}$2a$04$abcdefghijklmnopqrstuuJ0Z3N0f8b1Jr9h0sQyq0K5T7oD9wXyS\"";

  private static final StoreDirectory STORES =
      StoreDirectory.of(
          List.of(
              store("0101", "North"),
              store("0102", "North"),
              store("0201", "South"),
              store("0412", "West")));

  private static final String USERS =
      """
      users:
      - name: anna
        password: HASH
        roles: [ADMIN]
      - name: ben
        password: HASH
        roles: [SUPPORT]
      """
          .replace("HASH", HASH);

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
                stores: ["04*"]
                regions: [North, South]
                mail: anna.berg+pos@chain.example
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
                "anna",
                "Anna Berg",
                Set.of(Role.SUPPORT, Role.ONCALL),
                new StoreScope(
                    Set.of("04*"), Set.of("North", "South"), Set.of("0101", "0102", "0201"))));
    assertThat(users.get("ben").operator().displayName()).isEqualTo("ben");
    assertThat(users.get("anna").mail()).isEqualTo("anna.berg+pos@chain.example");
    assertThat(users.get("ben").mail()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "# nothing|0|is empty; it needs a list 'users'",
        "people: []|1|unknown key 'people'; known are teams, users",
        "users: {}|1|'users' has to be a list",
        "users: []|1|names no user, so nobody could log in",
        "users: [anna]|1|expected keys display-name, mail, name, password, regions, roles, stores",
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
            + " display-name, mail, name, password, regions, roles, stores",
        "users:/- name: anna/  name: ben/  password: HASH/  roles: [ADMIN]|3|the key 'name' is there twice",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/- name: anna/  password: HASH/  roles: [ADMIN]|5|the"
            + " name 'anna' is there twice",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  stores: [0412, 09*]|5|no store has an id like '09*'",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  mail: Anna <a@b.example>|5|'Anna <a@b.example>' is"
            + " not a mail address like anna@example.com",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  stores: 0412|5|'stores' has to be a list",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  stores: [[0412]]|5|'stores' has to be a text",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  stores: []|5|stores is empty; leave it out for who"
            + " works for all stores",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  regions: []|5|regions is empty; leave it out for who"
            + " works for all stores",
        "users:/- name: anna/  password: HASH/  roles: [ADMIN]/  regions:/  - North/  - north|7|'north' is not a"
            + " region; regions are North, South, West"
      })
  void aMistakeIsSaidWithItsLine(String yaml, int line, String reason) throws IOException {
    ReadUsers read = read(yaml.replace("/", "\n").replace("HASH", HASH));

    assertThat(read).isEqualTo(new ReadUsers.Refused(file(), line, reason));
  }

  @Test
  void everyKeyOfATeamIsRead() throws IOException {
    ReadUsers read =
        read(
            USERS
                + """
                teams:
                  - name: Retail IT
                    members: [ben, anna]
                    mail: retail-it@chain.example
                    side: it
                  - name: Stammdaten & Preise
                    members: [anna]
                """);

    assertThat(read).isInstanceOf(ReadUsers.Users.class);
    Teams teams = ((ReadUsers.Users) read).teams();
    assertThat(teams.all())
        .containsExactly(
            new Team("Retail IT", List.of("ben", "anna"), "retail-it@chain.example", OwnerSide.IT),
            new Team("Stammdaten & Preise", List.of("anna"), null, null));
    assertThat(teams.all())
        .extracting(Team::handle)
        .containsExactly("retail-it", "stammdaten-preise");
    assertThat(teams.of("anna")).hasSize(2);
    assertThat(teams.of("ben")).extracting(Team::name).containsExactly("Retail IT");
    assertThat(teams.of("Ben")).isEmpty();
    assertThat(teams.spelled("RETAIL it")).isEqualTo("Retail IT");
    assertThat(teams.spelled("Other")).isEqualTo("Other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Retail IT|8|'teams' has to be a list",
        "[Retail IT]|8|expected keys mail, members, name, side",
        "[{members: [anna]}]|8|'name' is missing",
        "[{name: Retail IT}]|8|'members' is missing",
        "[{name: Retail IT, members: anna}]|8|'members' has to be a list",
        "[{name: Retail IT, members: []}]|8|members is empty; a team has at least one",
        "[{name: Retail IT, members: [anna, zoe]}]|8|no user has the name 'zoe'",
        "[{name: Retail IT, members: [anna, Anna]}]|8|no user has the name 'Anna'",
        "[{name: Retail IT, members: [ben, ben]}]|8|the member 'ben' is there twice",
        "[{name: Retail IT, members: [ben], lead: ben}]|8|unknown key 'lead'; known are mail, members, name, side",
        "[{name: Retail IT, members: [ben], side: IT and business}]|8|'IT and business' is not a side; sides are"
            + " BUSINESS, IT",
        "[{name: Retail IT, members: [ben], mail: it}]|8|'it' is not a mail address like anna@example.com",
        "[{name: '&', members: [ben]}]|8|a team's name is one line of 1 to 100 characters with a letter or digit among"
            + " them",
        "[{name: Mine, members: [ben]}]|8|a team cannot be called 'Mine': that is a word of filters",
        "[{name: none, members: [ben]}]|8|a team cannot be called 'none': that is a word of filters",
        "[{name: Anna, members: [ben]}]|8|@anna would mean the team 'Anna' as well as the user 'anna'",
        "/- {name: Retail IT, members: [ben]}/- {name: retail-it, members: [ben]}|10|the teams 'Retail IT' and"
            + " 'retail-it' would both be meant by @retail-it"
      })
  void aMistakeInATeamIsSaidWithItsLineAndLeavesThePeopleAlone(
      String teams, int line, String reason) throws IOException {
    ReadUsers read = read(USERS + "teams: " + teams.replace("/", "\n"));

    assertThat(read)
        .isInstanceOfSatisfying(
            ReadUsers.WithoutTeams.class,
            wrong -> {
              assertThat(wrong.why()).isEqualTo(new ReadUsers.Refused(file(), line, reason));
              assertThat(wrong.byId()).containsOnlyKeys("anna", "ben");
            });
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
    assertThat(UsersFile.read(directory.resolve("none.yml"), STORES))
        .isEqualTo(new ReadUsers.Refused(directory.resolve("none.yml"), 0, "is not there"));
    assertThat(UsersFile.read(directory, STORES))
        .isInstanceOfSatisfying(
            ReadUsers.Refused.class,
            refused -> assertThat(refused.reason()).startsWith("cannot be read: "));
  }

  @Test
  void withoutAStoresFileAnyIdIsTakenAndNoRegion() throws IOException {
    StoreDirectory none = StoreDirectory.of(List.of());
    String user = "users:\n- name: anna\n  password: " + HASH + "\n  roles: [ADMIN]\n";

    Path stores = Files.writeString(file(), user + "  stores: [X*]\n");
    assertThat(UsersFile.read(stores, none)).isInstanceOf(ReadUsers.Users.class);
    Path regions = Files.writeString(file(), user + "  regions: [North]\n");
    assertThat(UsersFile.read(regions, none))
        .isEqualTo(
            new ReadUsers.Refused(
                file(),
                5,
                "'North' is not known: regions come from the file of tillpost.stores.file"));
  }

  private ReadUsers read(String yaml) throws IOException {
    return UsersFile.read(Files.writeString(file(), yaml), STORES);
  }

  private static Store store(String id, String region) {
    return new Store(
        id, id, region, ZoneOffset.UTC, "EUR", LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, 2);
  }

  private Path file() {
    return directory.resolve("users.yml");
  }
}
