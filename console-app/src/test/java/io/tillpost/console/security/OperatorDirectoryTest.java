package io.tillpost.console.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillpost.console.start.StartRefused;
import io.tillpost.location.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

class OperatorDirectoryTest {
  @TempDir private Path directory;

  @Test
  void aFileThatIsMissingOrWrongStopsTheStartWithOneSentence() throws IOException {
    assertThatThrownBy(
            () ->
                new OperatorDirectory(
                    new SecurityProperties(null, null), StoreDirectory.of(List.of())))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("tillpost.security.users-file is not set");
    Path file = write("users: []");
    assertThatThrownBy(() -> directoryOf(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("line 1")
        .hasMessageContaining("names no user");
  }

  @Test
  void aChangedFileCountsFromTheNextLookUpOn() throws IOException {
    OperatorDirectory people = directoryOf(write(user("anna")));
    assertThat(people.all()).extracting(Operator::id).containsExactly("anna");

    write(user("anna") + user("zoe").replace("users:\n", ""));

    assertThat(people.all()).extracting(Operator::id).containsExactly("anna", "zoe");
    assertThat(people.principal("zoe").getAuthorities())
        .extracting(Object::toString)
        .contains("ROLE_SUPPORT", "ROLE_RETRY")
        .doesNotContain("ROLE_ADMINISTER");
  }

  @Test
  void aChangedFileThatIsWrongLocksNobodyOut() throws IOException {
    OperatorDirectory people = directoryOf(write(user("anna")));

    write("users: [oops");
    assertThat(people.find("anna")).isPresent();

    Files.delete(directory.resolve("users.yml"));
    assertThat(people.find("anna")).isPresent();

    write(user("zoe"));
    assertThat(people.find("anna")).isEmpty();
    assertThat(people.find("zoe")).isPresent();
  }

  @Test
  void aTeamThatIsWrongStopsTheStartAndLaterKeepsNobodyWhoHasLeft() throws IOException {
    Path wrong = write(user("anna") + "teams: [{name: Retail IT, members: [anna, ben]}]\n");
    assertThatThrownBy(() -> directoryOf(wrong))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("line 5: no user has the name 'ben'");

    String both = user("anna") + user("ben").replace("users:\n", "");
    OperatorDirectory people =
        directoryOf(write(both + "teams: [{name: Retail IT, members: [anna, ben]}]\n"));
    assertThat(people.teams().of("ben")).extracting(Team::name).containsExactly("Retail IT");

    write(user("anna") + "teams: [{name: Retail IT, members: [anna, ben]}]\n");
    assertThat(people.find("ben")).isEmpty();
    assertThat(people.teams().all())
        .containsExactly(new Team("Retail IT", List.of("anna"), null, null));

    write(user("anna"));
    assertThat(people.teams().isEmpty()).isTrue();
  }

  @Test
  void nobodyLogsInUnderANameThatIsNotThere() throws IOException {
    OperatorDirectory people = directoryOf(write(user("anna")));

    assertThatThrownBy(() -> people.principal("ben")).isInstanceOf(UsernameNotFoundException.class);
  }

  private static OperatorDirectory directoryOf(Path file) {
    return new OperatorDirectory(new SecurityProperties(file, null), StoreDirectory.of(List.of()));
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("users.yml"), yaml);
  }

  private static String user(String name) {
    return "users:\n  - name: %s\n    password: %s\n    roles: [SUPPORT]\n"
        .formatted(name, UsersFileTest.HASH);
  }
}
