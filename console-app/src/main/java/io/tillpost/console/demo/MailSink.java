package io.tillpost.console.demo;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real SMTP server on a free loopback port that takes every mail and throws it away after a
 * while.
 */
final class MailSink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MailSink.class);
  private static final long KEEP_MINUTES = 10;

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private final CountDownLatch ended = new CountDownLatch(1);

  private MailSink() {}

  static MailSink start() {
    MailSink sink = new MailSink();
    sink.server.start();
    Thread.ofVirtual().name("mail-sink").start(sink::throwAwayNowAndThen);
    return sink;
  }

  int port() {
    return server.getSmtp().getPort();
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop();
  }

  private void throwAwayNowAndThen() {
    try {
      while (!ended.await(KEEP_MINUTES, TimeUnit.MINUTES)) {
        server.purgeEmailFromAllMailboxes();
      }
    } catch (FolderException e) {
      log.warn("The mail sink keeps its mails from now on", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
