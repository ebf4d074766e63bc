package io.tillpost.estate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run in order when the process is told to end, or when its parent is gone. A run that waits
 * for a receiver that does not answer is interrupted: what it could not send goes out at the next
 * start.
 */
final class OrderlyEnd {
  private static final long PATIENCE = 7;
  private static final long AFTER_INTERRUPT = 2;

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Runs in this thread; returns the exit code. */
  int run(RunProcess process, boolean exitWithParent) {
    Thread runner = Thread.currentThread();
    Thread hook = new Thread(() -> end(process, runner), "end");
    Runtime.getRuntime().addShutdownHook(hook);
    if (exitWithParent) {
      Thread.ofPlatform().daemon().name("parent").start(() -> awaitEndOf(System.in));
    }
    try {
      return process.run();
    } catch (InterruptedException e) {
      return 0;
    } finally {
      ended.countDown();
    }
  }

  private void end(RunProcess process, Thread runner) {
    process.stop();
    try {
      if (!ended.await(PATIENCE, TimeUnit.SECONDS)) {
        runner.interrupt();
        ended.await(AFTER_INTERRUPT, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEndOf(InputStream input) {
    try {
      while (input.read() >= 0) {
        // whatever the parent writes means that it is there
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      System.exit(0);
    }
  }
}
