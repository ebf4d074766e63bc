package io.tillpost.console.security;

import io.tillpost.console.security.ReadUsers.Refused;
import io.tillpost.console.security.ReadUsers.Users;
import io.tillpost.console.security.ReadUsers.WithoutTeams;
import io.tillpost.console.start.StartRefused;
import io.tillpost.location.StoreDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * The people of the users file and their teams. A changed file counts from the next look-up on; a
 * changed file that is wrong is logged once and the last good one stays in force, so that a slip of
 * the editor locks nobody out. Where only a team is wrong, the people count and the teams of before
 * stay: who was taken out of the file must not go on logging in because a team still names them.
 */
@Component
public final class OperatorDirectory {

  private static final Logger log = LoggerFactory.getLogger(OperatorDirectory.class);

  private final Path file;
  private final StoreDirectory stores;
  private volatile Users read;
  private volatile FileState seen;

  OperatorDirectory(SecurityProperties properties, StoreDirectory stores) {
    Path configured = properties.usersFile();
    if (configured == null) {
      throw new StartRefused(
          "tillpost.security.users-file is not set: name the YAML file of the people who may log in,"
              + " see tillpost.example.yml");
    }
    this.file = configured;
    this.stores = stores;
    this.seen = FileState.of(configured);
    this.read =
        switch (UsersFile.read(configured, stores)) {
          case Users users -> users;
          case WithoutTeams wrong -> throw new StartRefused(wrong.why().sentence());
          case Refused refused -> throw new StartRefused(refused.sentence());
        };
  }

  /** Everybody who may log in, by display name; for choosing an assignee. */
  public List<Operator> all() {
    return current().byId().values().stream()
        .map(FileUser::operator)
        .sorted(Comparator.comparing(Operator::displayName).thenComparing(Operator::id))
        .toList();
  }

  /** The person with this login name, or empty if there is none (any more). */
  public Optional<Operator> find(String id) {
    return Optional.ofNullable(current().byId().get(id)).map(FileUser::operator);
  }

  /** The teams. */
  public Teams teams() {
    return current().teams();
  }

  /** The mail addresses of those who have one, by login name. */
  public Map<String, String> mails() {
    Map<String, String> mails = new HashMap<>();
    current()
        .byId()
        .forEach(
            (id, user) -> {
              String mail = user.mail();
              if (mail != null) {
                mails.put(id, mail);
              }
            });
    return mails;
  }

  /**
   * Who logs in under that name.
   *
   * @throws UsernameNotFoundException if nobody does
   */
  UserDetails principal(String username) {
    FileUser user = current().byId().get(username);
    if (user == null) {
      throw new UsernameNotFoundException("No such user");
    }
    return new OperatorPrincipal(user.operator(), user.passwordHash());
  }

  private Users current() {
    FileState now = FileState.of(file);
    if (!now.equals(seen)) {
      reload(now);
    }
    return read;
  }

  private synchronized void reload(FileState now) {
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    switch (UsersFile.read(file, stores)) {
      case Users users -> {
        read = users;
        log.info("Read the users file {} again: {} users", file, users.byId().size());
      }
      case WithoutTeams wrong -> {
        read = new Users(wrong.byId(), read.teams().among(wrong.byId().keySet()));
        log.error(
            "{}. The teams of before stay in force; the {} users are those of the file.",
            wrong.why().sentence(),
            wrong.byId().size());
      }
      case Refused refused ->
          log.error("{}. The users of before stay in force.", refused.sentence());
    }
  }

  private record FileState(@Nullable FileTime changed, long size) {
    static FileState of(Path file) {
      try {
        return new FileState(Files.getLastModifiedTime(file), Files.size(file));
      } catch (IOException e) {
        log.debug("Cannot look at {}", file, e);
        return new FileState(null, -1);
      }
    }
  }
}
