package io.tillpost.elasticsearch.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets one node process at a time work on a home. The operating system drops the lock when its
 * process dies, so a killed run leaves nothing stale; what may still hold it is a node whose
 * console was killed and which is closing.
 */
final class HomeLock {
  /** Far behind the content, which stays readable for others where locks are mandatory. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final Path file;
  private @Nullable FileLock lock;

  HomeLock(Path home) {
    this.file = home.resolve("node.lock");
  }

  /**
   * Takes the lock for as long as this process lives.
   *
   * @return null when it is taken, else the process id of who has it (empty if that one has not
   *     written it yet)
   */
  @Nullable String acquire(Duration longest) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    long deadline = System.nanoTime() + longest.toNanos();
    lock = channel.tryLock(LOCKED_BYTE, 1, false);
    while (lock == null && System.nanoTime() < deadline) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      lock = channel.tryLock(LOCKED_BYTE, 1, false);
    }
    if (lock == null) {
      try (channel) {
        ByteBuffer holder = ByteBuffer.allocate(20);
        channel.read(holder, 0);
        return new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII);
      }
    }
    channel.truncate(0);
    channel.write(
        ByteBuffer.wrap(
            Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
    return null;
  }
}
