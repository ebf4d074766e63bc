package io.tillpost.console.settings;

import java.nio.file.Path;

/**
 * The directory of all that this process keeps on disk: {@code tillpost.home}, in the environment
 * {@code TILLPOST_HOME}.
 *
 * @param directory absolute; made when something is written
 */
public record TillpostHome(Path directory) {

  /** Makes it absolute. */
  public TillpostHome {
    directory = directory.toAbsolutePath().normalize();
  }

  /** A file or directory in it. */
  public Path resolve(String name) {
    return directory.resolve(name);
  }
}
