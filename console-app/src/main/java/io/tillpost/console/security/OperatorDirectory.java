package io.tillpost.console.security;

import io.tillpost.console.security.ReadUsers.Refused;
import io.tillpost.console.security.ReadUsers.Users;
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
 * The people of the users file. A changed file counts from the next look-up on; a changed file that
 * is wrong is logged once and the last good one stays in force, so that a slip of the editor locks
 * nobody out.
 */
@Component
public final class OperatorDirectory {

  private static final Logger log = LoggerFactory.getLogger(OperatorDirectory.class);

  private final Path file;
  private final StoreDirectory stores;
  private volatile Map<String, FileUser> users;
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
    this.users =
        switch (UsersFile.read(configured, stores)) {
          case Users read -> read.byId();
          case Refused refused -> throw new StartRefused(refused.sentence());
        };
  }

  /** Everybody who may log in, by display name; for choosing an assignee. */
  public List<Operator> all() {
    return current().values().stream()
        .map(FileUser::operator)
        .sorted(Comparator.comparing(Operator::displayName).thenComparing(Operator::id))
        .toList();
  }

  /** The person with this login name, or empty if there is none (any more). */
  public Optional<Operator> find(String id) {
    return Optional.ofNullable(current().get(id)).map(FileUser::operator);
  }

  /** The mail addresses of those who have one, by login name. */
  public Map<String, String> mails() {
    Map<String, String> mails = new HashMap<>();
    current()
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
    FileUser user = current().get(username);
    if (user == null) {
      throw new UsernameNotFoundException("No such user");
    }
    return new OperatorPrincipal(user.operator(), user.passwordHash());
  }

  private Map<String, FileUser> current() {
    FileState now = FileState.of(file);
    if (!now.equals(seen)) {
      reload(now);
    }
    return users;
  }

  private synchronized void reload(FileState now) {
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    switch (UsersFile.read(file, stores)) {
      case Users read -> {
        users = read.byId();
        log.info("Read the users file {} again: {} users", file, read.byId().size());
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
