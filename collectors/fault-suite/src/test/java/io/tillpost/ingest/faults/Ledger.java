package io.tillpost.ingest.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What senders were told is accepted: one record a line, on disk before its sender goes on. It is
 * what the store is held to.
 */
final class Ledger implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final AtomicInteger batches = new AtomicInteger();

  private Ledger(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  static Ledger in(Path directory) throws IOException {
    Path file = directory.resolve("ledger.txt");
    return new Ledger(
        file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.APPEND));
  }

  /** The batch was answered 200. */
  synchronized void acknowledged(SentBatch batch) throws IOException {
    ByteBuffer lines = ByteBuffer.wrap((String.join("\n", batch.ids()) + "\n").getBytes(UTF_8));
    while (lines.hasRemaining()) {
      var _ = channel.write(lines);
    }
    channel.force(false);
    batches.incrementAndGet();
  }

  /** How many batches were acknowledged so far. */
  int batches() {
    return batches.get();
  }

  /** The ids of all acknowledged records, in order. */
  Set<String> ids() throws IOException {
    return new TreeSet<>(Files.readAllLines(file));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
