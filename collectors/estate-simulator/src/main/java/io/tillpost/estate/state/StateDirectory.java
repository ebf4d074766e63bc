package io.tillpost.estate.state;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The state on disk: a snapshot, and a journal of what happened after it. The journal is handed to
 * the operating system before anything of it is sent, so that a killed process repeats itself. For
 * one process at a time and one thread at a time.
 */
public final class StateDirectory implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path snapshot;
  private final Path journal;
  private final FileChannel lockFile;
  private @Nullable BufferedWriter writer;

  private StateDirectory(Path directory, FileChannel lockFile) {
    this.snapshot = directory.resolve("estate.json");
    this.journal = directory.resolve("estate.journal");
    this.lockFile = lockFile;
  }

  /**
   * Opens the directory, which is made if it is not there; empty where another process has it.
   *
   * @throws IOException where it cannot be made or written
   */
  public static Optional<StateDirectory> open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new StateDirectory(directory, channel));
  }

  /** The last snapshot, empty where there is none. */
  public Optional<EstateState> load() throws IOException {
    return Files.exists(snapshot)
        ? Optional.of(JSON.readValue(Files.readAllBytes(snapshot), EstateState.class))
        : Optional.empty();
  }

  /** What happened after the snapshot, oldest first; a line that was cut off ends it. */
  public List<JournalEntry> journal() throws IOException {
    List<JournalEntry> entries = new ArrayList<>();
    if (!Files.exists(journal)) {
      return entries;
    }
    for (String line : Files.readAllLines(journal)) {
      try {
        entries.add(JSON.readValue(line, JournalEntry.class));
      } catch (JacksonException cutOff) {
        return entries;
      }
    }
    return entries;
  }

  /** Saves a snapshot in one step and begins an empty journal. */
  public void save(EstateState state) throws IOException {
    Path next = snapshot.resolveSibling("estate.json.next");
    Files.write(next, JSON.writeValueAsBytes(state));
    Files.move(next, snapshot, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    closeJournal();
    Files.deleteIfExists(journal);
  }

  /** Adds to the journal; on return the operating system has it. */
  public void append(List<? extends JournalEntry> entries) throws IOException {
    BufferedWriter to = writer;
    if (to == null) {
      to = Files.newBufferedWriter(journal, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      writer = to;
    }
    for (JournalEntry entry : entries) {
      to.write(JSON.writerFor(JournalEntry.class).writeValueAsString(entry));
      to.newLine();
    }
    to.flush();
  }

  private void closeJournal() throws IOException {
    BufferedWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    closeJournal();
    lockFile.close();
  }
}
